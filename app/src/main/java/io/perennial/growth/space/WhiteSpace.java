package io.perennial.growth.space;

import io.perennial.growth.space.Space.Cell;
import io.perennial.growth.space.Space.Product;
import io.perennial.growth.space.Space.Segment;
import io.perennial.identity.Viewer;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the matrix of segments and products. For the whole company it comes from the sums that are kept each day; whoever sees their
 * own customers only gets those counted as of now, beside the shares of all peers.
 */
@Component
public class WhiteSpace {

    /** Columns: the products that most customers have. */
    public static final int MOST_PRODUCTS = 12;

    /** Rows: the largest segments. */
    static final int MOST_SEGMENTS = 50;

    /** Under so many owners a price is that of everybody, not of the segment. */
    public static final int PRICES_ENOUGH = 3;

    /** The price of a product for a customer of a segment who pays in a currency. */
    static final String PRICE = """
            left join growth.peer_price own_price on not own_price.everybody and own_price.segment = %1$s
                and own_price.product = %2$s and own_price.currency = %3$s and own_price.owners >= :enough
            left join growth.peer_price any_price on any_price.everybody and any_price.product = %2$s
                and any_price.currency = %3$s and any_price.owners >= :enough
            """;

    private final JdbcClient database;
    private final Clock clock;

    WhiteSpace(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Customers without a product, by segment and currency. */
    private record Gap(
            String segment,
            String product,
            String currency,
            long missing,
            @Nullable BigDecimal low,
            @Nullable BigDecimal middle,
            @Nullable BigDecimal high) {}

    private record Owned(long owners, int peers) {}

    @Transactional(readOnly = true)
    public Space read(Viewer viewer) {
        List<Product> all = products();
        List<Product> shown = all.subList(0, Math.min(MOST_PRODUCTS, all.size()));
        Map<String, Long> segments = segments(viewer);
        Map<String, Map<String, Owned>> owned = owned(viewer);
        Map<String, Map<String, List<Gap>>> gaps = new TreeMap<>();
        for (Gap gap : gaps(viewer, shown.stream().map(Product::name).toArray(String[]::new))) {
            gaps.computeIfAbsent(gap.segment(), none -> new TreeMap<>())
                    .computeIfAbsent(gap.product(), none -> new ArrayList<>())
                    .add(gap);
        }
        List<Segment> rows = new ArrayList<>();
        segments.forEach((name, accounts) -> rows.add(new Segment(
                name,
                accounts,
                shown.stream()
                        .map(product -> cell(
                                product.name(),
                                owned.getOrDefault(name, Map.of()).getOrDefault(product.name(), new Owned(0, 0)),
                                gaps.getOrDefault(name, Map.of()).getOrDefault(product.name(), List.of())))
                        .toList())));
        return new Space(shown, rows, all.size() - shown.size(), asOf());
    }

    private static Cell cell(String product, Owned owned, List<Gap> gaps) {
        Map<String, Estimate> estimates = new TreeMap<>();
        long missing = 0;
        long unpriced = 0;
        for (Gap gap : gaps) {
            missing += gap.missing();
            if (gap.low() == null || gap.middle() == null || gap.high() == null) {
                unpriced += gap.missing();
                continue;
            }
            BigDecimal many = BigDecimal.valueOf(gap.missing());
            estimates.merge(
                    gap.currency(),
                    new Estimate(
                            gap.currency(),
                            gap.low().multiply(many),
                            gap.middle().multiply(many),
                            gap.high().multiply(many)),
                    Estimate::and);
        }
        return new Cell(product, owned.owners(), missing, owned.peers(), List.copyOf(estimates.values()), unpriced);
    }

    private @Nullable Instant asOf() {
        return database
                .sql("select max(at) from growth.expansion_run")
                .query((row, number) -> row.getTimestamp(1))
                .list()
                .stream()
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .map(java.sql.Timestamp::toInstant)
                .orElse(null);
    }

    /** Of the whole company, whoever asks: so everybody speaks about the same columns. */
    private List<Product> products() {
        return database.sql("""
                select product, service, owners from growth.peer_product where everybody order by owners desc, product limit 500
                """)
                .query((row, number) ->
                        new Product(row.getString("product"), row.getBoolean("service"), row.getLong("owners")))
                .list();
    }

    /** Name and live customers, the largest first. */
    private Map<String, Long> segments(Viewer viewer) {
        Map<String, Long> found = new LinkedHashMap<>();
        JdbcClient.StatementSpec statement =
                viewer.everything() ? database.sql("""
                        select segment, accounts from growth.peers where not everybody order by accounts desc, segment limit :most
                        """) : database.sql("""
                        select coalesce(o.segment, '') as segment, count(*) as accounts from accounts.overview o
                        where o.owner_id = :member and o.arr > 0 and o.band is distinct from 'LEFT'
                        group by 1 order by 2 desc, 1 limit :most
                        """).param("member", viewer.memberId());
        statement.param("most", MOST_SEGMENTS).query(row -> {
            found.put(row.getString("segment"), row.getLong("accounts"));
        });
        return found;
    }

    private Map<String, Map<String, Owned>> owned(Viewer viewer) {
        Map<String, Map<String, Owned>> found = new TreeMap<>();
        JdbcClient.StatementSpec statement = viewer.everything()
                ? database.sql("""
                        select p.segment, p.product, p.owners, round(100.0 * p.owners / s.accounts) as peers
                        from growth.peer_product p
                        join growth.peers s on not s.everybody and s.segment = p.segment
                        where not p.everybody
                        """)
                : database.sql("""
                        select p.segment, p.product, coalesce(h.owners, 0) as owners, round(100.0 * p.owners / s.accounts) as peers
                        from growth.peer_product p
                        join growth.peers s on not s.everybody and s.segment = p.segment
                        left join (
                            select coalesce(o.segment, '') as segment, h.product, count(distinct h.account_id) as owners
                            from accounts.overview o join growth.holdings(:today) h on h.account_id = o.account_id
                            where o.owner_id = :member and o.arr > 0 and o.band is distinct from 'LEFT'
                            group by 1, 2
                        ) h on h.segment = p.segment and h.product = p.product
                        where not p.everybody
                        """).param("member", viewer.memberId()).param("today", today());
        statement.query(row -> {
            found.computeIfAbsent(row.getString("segment"), none -> new TreeMap<>())
                    .put(row.getString("product"), new Owned(row.getLong("owners"), row.getInt("peers")));
        });
        return found;
    }

    private List<Gap> gaps(Viewer viewer, String[] products) {
        String from = viewer.everything() ? "growth.peer_gap" : """
                (select coalesce(o.segment, '') as segment, p.product, count(*) as missing,
                    case when r.currency is null then o.currency else own.currency end as currency
                from accounts.overview o
                cross join unnest(cast(:products as text[])) as p (product)
                left join contracts.exchange_rate own on own.own
                left join contracts.exchange_rate r on r.currency = o.currency and own.currency is not null
                where o.owner_id = :member and o.arr > 0 and o.band is distinct from 'LEFT'
                  and not exists (
                    select from contracts.held(:today) l
                    where l.account_id = o.account_id and l.product = p.product)
                group by 1, 2, 4)""";
        return database.sql("""
                select g.segment, g.product, g.currency, g.missing, coalesce(own_price.low, any_price.low) as low,
                    coalesce(own_price.middle, any_price.middle) as middle, coalesce(own_price.high, any_price.high) as high
                from %s g
                %s
                where g.product = any(cast(:products as text[]))
                """.formatted(from, PRICE.formatted("g.segment", "g.product", "g.currency")))
                .param("products", products)
                .param("member", viewer.memberId())
                .param("today", today())
                .param("enough", PRICES_ENOUGH)
                .query((row, number) -> new Gap(
                        row.getString("segment"),
                        row.getString("product"),
                        row.getString("currency"),
                        row.getLong("missing"),
                        row.getBigDecimal("low"),
                        row.getBigDecimal("middle"),
                        row.getBigDecimal("high")))
                .list();
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
