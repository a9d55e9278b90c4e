package io.perennial.growth.space;

import io.perennial.growth.space.AccountSpace.Cell;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the rows of single customers, some at a time. Of other people's customers nothing is told. */
@Component
public class AccountSpaces {

    /** Of a page. */
    public static final int PAGE = 50;

    private final JdbcClient database;
    private final WhiteSpace space;

    AccountSpaces(JdbcClient database, WhiteSpace space) {
        this.database = database;
        this.space = space;
    }

    /**
     * @param segment empty for customers without one, null for all
     * @param product only customers who do not have it; empty for all
     */
    public record Asked(@Nullable String segment, String product) {}

    /** @param next after whom the next ones follow; null at the end */
    public record Page(
            List<AccountSpace> accounts, @Nullable UUID next) {}

    /** Healthy ones first, then those who pay most. */
    @Transactional(readOnly = true)
    public Page read(Asked asked, List<String> products, @Nullable UUID after, int limit, Viewer viewer) {
        String place = "(coalesce(%1$s.band = 'HEALTHY', false), coalesce(%1$s.arr, 0), %1$s.account_id)";
        List<Found> found = database.sql(
                        """
                select o.account_id, o.external_id, o.name, coalesce(o.segment, '') as segment, o.owner_name, o.score, o.band,
                    o.arr, o.currency
                from accounts.overview o
                where o.arr > 0 and o.band is distinct from 'LEFT' and (:everything or o.owner_id = :member)
                  and (cast(:segment as text) is null or coalesce(o.segment, '') = :segment)
                  and (:product = '' or not exists (
                    select from contracts.held(:today) l
                    where l.account_id = o.account_id and l.product = :product))
                  and (cast(:after as uuid) is null
                    or %s < (select %s from accounts.overview w where w.account_id = :after))
                order by coalesce(o.band = 'HEALTHY', false) desc, coalesce(o.arr, 0) desc, o.account_id desc
                limit :limit
                """.formatted(place.formatted("o"), place.formatted("w").replaceAll("^\\(|\\)$", "")))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("segment", asked.segment())
                .param("product", asked.product())
                .param("today", space.today())
                .param("after", after)
                .param("limit", limit + 1)
                .query((row, number) -> found(row))
                .list();
        boolean more = found.size() > limit;
        List<Found> shown = more ? found.subList(0, limit) : found;
        return new Page(cells(shown, products), more ? shown.getLast().account() : null);
    }

    /** These customers as far as the viewer sees them, for one product each. */
    List<AccountSpace> of(List<UUID> accounts, List<String> products, Viewer viewer) {
        return cells(
                database.sql("""
                        select o.account_id, o.external_id, o.name, coalesce(o.segment, '') as segment, o.owner_name, o.score,
                            o.band, o.arr, o.currency
                        from accounts.overview o
                        where o.account_id = any(:accounts) and o.arr > 0 and (:everything or o.owner_id = :member)
                        """)
                        .param("accounts", accounts.toArray(UUID[]::new))
                        .param("everything", viewer.everything())
                        .param("member", viewer.memberId())
                        .query((row, number) -> found(row))
                        .list(),
                products);
    }

    private record Found(
            UUID account,
            String externalId,
            String name,
            String segment,
            @Nullable String owner,
            @Nullable Double score,
            @Nullable String band,
            @Nullable BigDecimal arr,
            String currency) {}

    private static Found found(ResultSet row) throws SQLException {
        BigDecimal score = row.getBigDecimal("score");
        return new Found(
                row.getObject("account_id", UUID.class),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("segment"),
                row.getString("owner_name"),
                score == null ? null : Double.valueOf(score.doubleValue()),
                row.getString("band"),
                row.getBigDecimal("arr"),
                row.getString("currency"));
    }

    private List<AccountSpace> cells(List<Found> accounts, List<String> products) {
        Map<UUID, List<Cell>> cells = new LinkedHashMap<>();
        accounts.forEach(found -> cells.put(found.account(), new ArrayList<>()));
        database.sql("""
                select o.account_id, p.product, h.annual, h.currency as annual_currency, e.ended, n.id as opportunity,
                    coalesce(q.owners, 0) as owners, round(100.0 * coalesce(q.owners, 0) / s.accounts) as peers,
                    o.currency, round(coalesce(own_price.low, any_price.low) * coalesce(o.units, 1), 2) as low,
                    round(coalesce(own_price.middle, any_price.middle) * coalesce(o.units, 1), 2) as middle,
                    round(coalesce(own_price.high, any_price.high) * coalesce(o.units, 1), 2) as high
                from (
                    select o.account_id, coalesce(o.segment, '') as segment, o.currency, r.units,
                        case when r.currency is null then o.currency else own.currency end as world
                    from accounts.overview o
                    left join contracts.exchange_rate own on own.own
                    left join contracts.exchange_rate r on r.currency = o.currency and own.currency is not null
                    where o.account_id = any(:accounts)
                ) o
                cross join unnest(cast(:products as text[])) with ordinality as p (product, place)
                left join lateral (
                    select h.annual, h.currency from growth.holdings(:today) h
                    where h.account_id = o.account_id and h.product = p.product order by h.annual desc limit 1
                ) h on true
                left join lateral (
                    select max(l.ends_on) as ended from contracts.contract_line l
                    where l.account_id = o.account_id and l.product = p.product and l.ends_on <= :today
                ) e on true
                left join lateral (
                    select n.id from growth.opportunity n
                    where n.account_id = o.account_id and n.phase not in ('won', 'lost') and lower(n.product) = lower(p.product)
                    order by n.id limit 1
                ) n on true
                left join growth.peers s on not s.everybody and s.segment = o.segment
                left join growth.peer_product q on not q.everybody and q.segment = o.segment and q.product = p.product
                %s
                order by o.account_id, p.place
                """.formatted(WhiteSpace.PRICE.formatted("o.segment", "p.product", "o.world")))
                .param("accounts", cells.keySet().toArray(UUID[]::new))
                .param("products", products.toArray(String[]::new))
                .param("today", space.today())
                .param("enough", WhiteSpace.PRICES_ENOUGH)
                .query(row -> {
                    List<Cell> own = cells.get(row.getObject("account_id", UUID.class));
                    if (own != null) {
                        own.add(cell(row));
                    }
                });
        return accounts.stream()
                .map(found -> new AccountSpace(
                        new AccountId(found.account()),
                        found.externalId(),
                        found.name(),
                        found.segment(),
                        found.owner(),
                        found.score(),
                        found.band(),
                        found.arr(),
                        found.currency(),
                        cells.getOrDefault(found.account(), List.of())))
                .toList();
    }

    private static Cell cell(ResultSet row) throws SQLException {
        BigDecimal low = row.getBigDecimal("low");
        BigDecimal middle = row.getBigDecimal("middle");
        BigDecimal high = row.getBigDecimal("high");
        return new Cell(
                row.getString("product"),
                row.getBigDecimal("annual"),
                row.getString("annual_currency"),
                row.getObject("ended", LocalDate.class),
                row.getObject("opportunity", UUID.class),
                row.getInt("peers"),
                row.getLong("owners"),
                low == null || middle == null || high == null
                        ? null
                        : new Estimate(row.getString("currency"), low, middle, high));
    }
}
