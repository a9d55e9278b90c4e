package io.perennial.usage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.usage.AdoptionRenewal.Last;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.usage.PortfolioQuery.Only;
import io.perennial.usage.PortfolioQuery.Sort;
import io.perennial.usage.PortfolioView.Medians;
import io.perennial.usage.PortfolioView.Money;
import io.perennial.usage.PortfolioView.Owner;
import io.perennial.usage.PortfolioView.Row;
import io.perennial.usage.PortfolioView.SegmentRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adoption of a viewer's portfolio, from the stored rows: the facts are never read for it. */
@Component
public class PortfolioAdoption {

    private static final int MOST_KEPT = 500;

    private final Cache<Asked, Totals> kept =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    private final Cache<Counted, List<Long>> counted =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    private final JdbcClient database;
    private final AdoptionRenewal renewal;
    private final Peers peers;
    private final FeatureCatalogue catalogue;
    private final SilentNow silent;

    PortfolioAdoption(
            JdbcClient database, AdoptionRenewal renewal, Peers peers, FeatureCatalogue catalogue, SilentNow silent) {
        this.database = database;
        this.renewal = renewal;
        this.peers = peers;
        this.catalogue = catalogue;
        this.silent = silent;
    }

    /** Empty until adoption was computed for the first time. */
    @Transactional(readOnly = true)
    public Optional<PortfolioView> of(PortfolioQuery query, Viewer viewer) {
        return renewal.last().map(last -> view(query, viewer, last));
    }

    /** Computes everything anew, as a job. */
    public UUID renew(Viewer viewer) {
        return renewal.submit(viewer.actor());
    }

    private PortfolioView view(PortfolioQuery query, Viewer viewer, Last last) {
        Map<String, Peers.Segment> usual = peers.all();
        Peers.Segment everybody = usual.getOrDefault(Peers.EVERYBODY, new Peers.Segment("", Map.of()));
        Peers.Segment compared = usual.getOrDefault(query.segment(), everybody);
        List<Feature> features = catalogue.shown().stream()
                .filter(feature -> query.level().isEmpty() || query.level().equals(feature.level()))
                .sorted(Comparator.<Feature>comparingInt(feature -> -users(everybody, feature))
                        .thenComparing(Feature::name))
                .toList();
        List<Feature> columns =
                features.stream().limit(PortfolioView.MOST_COLUMNS).toList();
        Totals totals = totals(query, viewer, last);
        return new PortfolioView(
                last.until(),
                last.renewedAt(),
                totals.accounts,
                totals.seats,
                totals.active,
                totals.unused,
                totals.money.stream()
                        .sorted(Comparator.comparing(Money::unused).reversed())
                        .toList(),
                totals.silent,
                totals.half,
                totals.held,
                totals.held == 0 ? List.of() : silent.sources(),
                segments(usual, columns),
                medians(compared, columns),
                columns,
                without(query, viewer, columns, totals.accounts, compared, last),
                features.size(),
                rows(query, viewer, columns),
                owners(viewer));
    }

    private static int users(Peers.Segment segment, Feature feature) {
        Peers.Usual found = segment.usual().get(Integer.toString(feature.id()));
        return found == null ? 0 : found.users();
    }

    private static List<SegmentRow> segments(Map<String, Peers.Segment> usual, List<Feature> columns) {
        return usual.size() < 2
                ? List.of()
                : usual.values().stream()
                        .map(segment -> new SegmentRow(segment.name(), medians(segment, columns)))
                        .toList();
    }

    private static Medians medians(Peers.Segment segment, List<Feature> columns) {
        Peers.Usual licences = segment.usual().get(Peers.LICENCES);
        Peers.Usual breadth = segment.usual().get(Peers.BREADTH);
        return new Medians(
                Math.max(licences == null ? 0 : licences.accounts(), breadth == null ? 0 : breadth.accounts()),
                segment.median(Peers.LICENCES),
                segment.median(Peers.STICKINESS),
                segment.median(Peers.BREADTH),
                columns.stream().map(feature -> segment.median(feature.id())).toList());
    }

    private static final class Totals {
        private long accounts;
        private long seats;
        private long active;
        private long unused;
        private long silent;
        private long half;
        private long held;
        private final List<Money> money = new ArrayList<>();
    }

    /** Whole segments are asked for again and again between two renewals. */
    private Totals totals(PortfolioQuery query, Viewer viewer, Last last) {
        if (!viewer.everything() || query.owner() != null) {
            return totals(query, viewer);
        }
        Asked asked = new Asked(last.id(), query.segment(), query.only(), query.without());
        return kept.get(asked, none -> totals(query, viewer));
    }

    private record Asked(UUID renewal, String segment, Only only, int without) {}

    private Totals totals(PortfolioQuery query, Viewer viewer) {
        Totals totals = new Totals();
        PortfolioRows rows = PortfolioRows.of(query, viewer);
        database.sql("""
                select coalesce(a.currency, '') as currency, count(*) as accounts,
                    coalesce(sum(a.seats) filter (where a.active_users is not null), 0) as seats,
                    coalesce(sum(least(a.active_users, a.seats)) filter (where a.seats is not null), 0) as active, coalesce(sum(a.unused), 0) as unused,
                    coalesce(sum(a.arr), 0) as arr, coalesce(sum(a.unused_arr), 0) as unused_arr,
                    count(*) filter (where a.seats > 0 and a.active_users = 0) as silent,
                    count(*) filter (where a.active_users < a.seats / 2.0) as half,
                    count(*) filter (where a.held) as held
                """ + rows.from() + rows.where() + " group by 1 order by 1")
                .params(rows.parameters())
                .query(row -> {
                    totals.accounts += row.getLong("accounts");
                    totals.seats += row.getLong("seats");
                    totals.active += row.getLong("active");
                    totals.unused += row.getLong("unused");
                    totals.silent += row.getLong("silent");
                    totals.half += row.getLong("half");
                    totals.held += row.getLong("held");
                    if (!row.getString("currency").isEmpty()
                            && row.getBigDecimal("arr").signum() > 0) {
                        totals.money.add(new Money(
                                row.getString("currency"), row.getBigDecimal("arr"), row.getBigDecimal("unused_arr")));
                    }
                });
        return totals;
    }

    /** The seal has counted them for whole segments; for a part of one the rows are asked. */
    private List<Long> without(
            PortfolioQuery query,
            Viewer viewer,
            List<Feature> columns,
            long accounts,
            Peers.Segment segment,
            Last last) {
        if (columns.isEmpty()) {
            return List.of();
        }
        boolean whole = viewer.everything() && query.owner() == null;
        if (whole
                && query.only() == Only.ALL
                && query.without() == 0
                && segment.name().equals(query.segment())) {
            return columns.stream()
                    .map(feature -> accounts - users(segment, feature))
                    .toList();
        }
        Counted asked = new Counted(
                new Asked(last.id(), query.segment(), query.only(), query.without()),
                columns.stream().map(Feature::id).toList());
        return whole ? counted.get(asked, none -> counted(query, viewer, columns)) : counted(query, viewer, columns);
    }

    private record Counted(Asked asked, List<Integer> columns) {}

    private List<Long> counted(PortfolioQuery query, Viewer viewer, List<Feature> columns) {
        PortfolioRows rows = PortfolioRows.of(query, viewer);
        String counts = columns.stream()
                .map(feature -> "count(*) filter (where not " + feature.id() + " = any(a.features))")
                .collect(Collectors.joining(", "));
        return database.sql("select " + counts + rows.from() + rows.where())
                .params(rows.parameters())
                .query((row, number) -> {
                    List<Long> found = new ArrayList<>();
                    for (int place = 1; place <= columns.size(); place++) {
                        found.add(row.getLong(place));
                    }
                    return found;
                })
                .single();
    }

    private List<Row> rows(PortfolioQuery query, Viewer viewer, List<Feature> columns) {
        PortfolioRows rows = PortfolioRows.of(query, viewer);
        Map<String, Object> parameters = new HashMap<>(rows.parameters());
        if (query.sort() == Sort.FEATURE) {
            parameters.put("feature", query.feature());
        }
        parameters.put("limit", PortfolioView.PAGE);
        parameters.put("offset", (long) (query.page() - 1) * PortfolioView.PAGE);
        String from = query.sort() == Sort.NAME ? PortfolioRows.NAMED : rows.from();
        // Only the rows of the page meet the names: sorting must not carry more than it needs.
        return database.sql("""
                select a.*, o.name, m.name as owner
                from (
                    select a.account_id, row_number() over () as place from (
                        select a.account_id %s %s order by %s %s nulls last, a.account_id limit :limit offset :offset
                    ) a
                ) page
                join usage.adoption a on a.account_id = page.account_id
                join accounts.account o on o.id = page.account_id
                left join identity.team_member m on m.id = o.owner_id
                order by page.place
                """.formatted(from, rows.where(), query.sort().sql(), query.descending() ? "desc" : "asc"))
                .params(parameters)
                .query((row, number) -> row(row, columns))
                .list();
    }

    private static Row row(ResultSet result, List<Feature> columns) throws SQLException {
        AdoptionRow row = AdoptionRows.row(result);
        return new Row(
                new AccountId(result.getObject("account_id", UUID.class)),
                result.getString("name"),
                row.segment().isEmpty() ? null : row.segment(),
                result.getString("owner"),
                row.seats(),
                row.activeUsers(),
                row.licences(),
                row.unused(),
                row.unusedArr(),
                row.currency(),
                row.stickiness(),
                row.features().length,
                row.held() ? row.until() : null,
                columns.stream().map(feature -> row.share(feature.id())).toList());
    }

    /** Whom the rows can be narrowed to; who sees only the own accounts has no choice. */
    private List<Owner> owners(Viewer viewer) {
        return !viewer.everything()
                ? List.of()
                : database.sql("""
                        select m.id, m.name from identity.team_member m
                        where exists (select from accounts.account a where a.owner_id = m.id)
                        order by lower(m.name), m.id limit 500
                        """)
                        .query((row, number) -> new Owner(row.getObject("id", UUID.class), row.getString("name")))
                        .list();
    }
}
