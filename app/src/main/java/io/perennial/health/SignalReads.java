package io.perennial.health;

import io.perennial.accounts.list.HealthWeek;
import io.perennial.health.Signals.Filter;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.signals.SignalBook;
import io.perennial.health.signals.Urgency;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads signals with what their account is worth. */
@Component
class SignalReads {

    private static final String COLUMNS = """
            s.*, health.at_stake(s.money, o.score, o.band) as at_stake, o.external_id, o.name,
            o.owner_id as account_owner, o.owner_name, o.score, o.band, o.spark, o.renews_on
            """;

    private static final String SELECT =
            "select " + COLUMNS + " from health.signal s join accounts.overview o on o.account_id = s.account_id ";

    /** Of so many times the wanted number those with the highest bounds are looked at first, then of so many times more. */
    private static final int CANDIDATES = 2;

    private static final int MORE = 8;

    /** Standing now: open, or snoozed until a day that has come. */
    private static final String STANDS =
            "(s.state in ('open', 'acknowledged') or s.state = 'snoozed' and s.snoozed_until <= :today)";

    private static final String URGENCY_FIRST =
            "case %s.urgency when 'now' then 1 when 'this_week' then 2 else 3 end, %<s.opened_at, %<s.id";

    private static final String BOUND = "greatest(s.money, 0) * s.lacks_at_most";

    /** Amounts of different currencies cannot be compared, so each is measured against the mean revenue in its own. */
    private static final String PLACE = "coalesce(trim_scale(greatest(%s, 0)) / nullif(greatest(%s, 0), 0), 0)";

    /**
     * The highest bounds of each currency come in the order of an index, of each as many as its share of the signals lets
     * expect and as many again; the means come from the tally. Of all of them those with the highest bounds are looked at. Who
     * was not comes after the first who was left out, and after the last of their currency, by the bound and so by what is at
     * stake too.
     */
    private static final String OF_THE_COMPANY = """
            with means as materialized (
                select currency as of_currency, sum(money) / nullif(sum(paying), 0) as mean,
                       1 + ceil(:candidates * least(1, 0.05 + 2 * sum(signals) / nullif(sum(sum(signals)) over (), 0)))::bigint
                           as most
                from health.signal_tally s where %1$s group by currency
            ), nearest as materialized (
                select s.*, row_number() over (order by at_most desc, %3$s) as nth from (
                    select m.*, s.*, %6$s as at_most
                    from means m cross join lateral (
                        select s.id, s.account_id, s.money, s.lacks_at_most, s.urgency, s.opened_at,
                               row_number() over (order by %5$s desc, %3$s) as nth_of_currency
                        from health.signal s
                        where s.state in ('open', 'acknowledged') and coalesce(s.currency, '') = of_currency
                          and %1$s and %2$s
                        order by %5$s desc, %3$s limit m.most) s) s
            ), beyond as materialized (
                select at_most as place, %5$s = 0 or coalesce(mean > 0, false) as ordered, urgency, opened_at, id
                from nearest s where nth = :candidates + 1 or nth_of_currency = most
            ), first as materialized (
                select s.id, %7$s as place from (
                    select c.*, (select health.at_stake(c.money, o.score, o.band)
                                 from accounts.overview o where o.account_id = c.account_id) as at_stake
                    from (
                        select mean, id, account_id, money, urgency, opened_at from nearest where nth <= :candidates
                        union all
                        select mean, s.id, s.account_id, s.money, s.urgency, s.opened_at
                        from health.signal s left join means on of_currency = coalesce(s.currency, '')
                        where s.state = 'snoozed' and s.snoozed_until <= :today and %1$s and %2$s) c) s
                order by place desc, %3$s limit :limit
            )
            select %4$s, not exists (
                       select from beyond b
                       where not b.ordered or f.place < b.place
                          or f.place = b.place and (%3$s) > (%8$s)) as certain
            from first f join health.signal s on s.id = f.id
            join accounts.overview o on o.account_id = s.account_id
            order by f.place desc, %3$s
            """;

    /** What is not asked for is no condition: one that may hold for all keeps a prepared statement from the index by cause. */
    private static String ofTheCompany(Filter filter) {
        return OF_THE_COMPANY.formatted(
                filter.cause().isEmpty() ? "true" : "s.cause = :cause",
                filter.urgency().isEmpty() ? "true" : "s.urgency = :urgency",
                URGENCY_FIRST.formatted("s"),
                COLUMNS,
                BOUND,
                PLACE.formatted(BOUND + " * 0.01", "mean"),
                PLACE.formatted("at_stake", "mean"),
                URGENCY_FIRST.formatted("b"));
    }

    private final JdbcClient database;

    private final LiveScoring scoring;

    SignalReads(JdbcClient database, LiveScoring scoring) {
        this.database = database;
        this.scoring = scoring;
    }

    /** The dearest first; then by urgency, then the oldest first. */
    List<Signal> ranked(Viewer viewer, Filter filter, LocalDate today, int limit) {
        return viewer.everything()
                ? ofTheCompany(filter, today, limit)
                : asked(ofAPortfolio(), filter, today, limit)
                        .param("member", viewer.memberId())
                        .query((row, number) -> signal(row))
                        .list();
    }

    private JdbcClient.StatementSpec asked(String sql, Filter filter, LocalDate today, int limit) {
        return database.sql(sql)
                .param("today", today)
                .param("cause", filter.cause())
                .param("urgency", filter.urgency())
                .param("limit", limit);
    }

    /** Few enough to look at each. */
    private static String ofAPortfolio() {
        return "with seen as (" + SELECT + " where o.owner_id = :member and " + STANDS
                + """
                         and (:cause = '' or s.cause = :cause)
                         and (:urgency = '' or s.urgency = :urgency)
                        )
                        select * from seen order by %s desc, %s limit :limit
                        """.formatted(
                                PLACE.formatted("at_stake", "avg(money) over (partition by currency)"),
                                URGENCY_FIRST.formatted("seen"));
    }

    /**
     * Nobody puts more at stake than their bound says: once nobody who was not looked at can come before the last, nobody
     * else needs to be. More are looked at as long as it is not so, and whoever keeps the bounds is told that they are loose.
     */
    private List<Signal> ofTheCompany(Filter filter, LocalDate today, int limit) {
        String sql = ofTheCompany(filter);
        long first = (long) CANDIDATES * limit;
        for (long candidates = first; ; candidates *= MORE) {
            List<Placed> placed = asked(sql, filter, today, limit)
                    .param("candidates", candidates)
                    .query((row, number) -> new Placed(signal(row), row.getBoolean("certain")))
                    .list();
            if (placed.stream().allMatch(Placed::certain)) {
                if (candidates > first * MORE) {
                    scoring.tightenStakes();
                }
                return placed.stream().map(Placed::signal).toList();
            }
        }
    }

    /** @param certain whether nobody who was not looked at can come before it */
    private record Placed(Signal signal, boolean certain) {}

    List<Signal> snoozed(Viewer viewer, LocalDate today) {
        return database.sql(SELECT + """
                         where (:everything or o.owner_id = :member)
                           and s.state = 'snoozed' and s.snoozed_until > :today
                        order by s.snoozed_until, s.id limit 200
                        """)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("today", today)
                .query((row, number) -> signal(row))
                .list();
    }

    /** How many open signals there are by cause. */
    Map<String, Long> countsByCause(Viewer viewer, LocalDate today) {
        String sql = viewer.everything() ? """
                select cause, sum(n)::bigint as n from (
                    select cause, signals as n from health.signal_tally
                    union all
                    select cause, 1 from health.signal where state = 'snoozed' and snoozed_until <= :today) counted
                group by 1 having sum(n) > 0
                """ : """
                select s.cause, count(*) as n
                from health.signal s join accounts.overview o on o.account_id = s.account_id
                where o.owner_id = :member and %s
                group by 1
                """.formatted(STANDS);
        Map<String, Long> counts = new TreeMap<>();
        database.sql(sql)
                .param("member", viewer.memberId())
                .param("today", today)
                .query(row -> {
                    counts.put(row.getString("cause"), row.getLong("n"));
                });
        return counts;
    }

    /** The newest first. */
    List<Signal> of(AccountId account, int limit) {
        return database.sql(SELECT + " where s.account_id = :account order by s.opened_at desc, s.id limit :limit")
                .param("account", account.value())
                .param("limit", limit)
                .query((row, number) -> signal(row))
                .list();
    }

    boolean visible(AccountId account, Viewer viewer) {
        return database.sql("""
                        select exists (select from accounts.overview
                                       where account_id = :id and (:everything or owner_id = :member))
                        """)
                .param("id", account.value())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(Boolean.class)
                .single();
    }

    Optional<Signal> find(UUID id) {
        return database.sql(SELECT + " where s.id = :id")
                .param("id", id)
                .query((row, number) -> signal(row))
                .optional();
    }

    private static Signal signal(ResultSet row) throws SQLException {
        String cause = row.getString("cause");
        UUID own = row.getObject("owner_id", UUID.class);
        return new Signal(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                text(row, "external_id"),
                text(row, "name"),
                own != null ? own : row.getObject("account_owner", UUID.class),
                row.getString("owner_name"),
                cause,
                SignalBook.title(cause),
                row.getInt("episode"),
                row.getString("state"),
                Urgency.of(row.getString("urgency")),
                row.getString("evidence"),
                row.getString("remedy"),
                row.getBigDecimal("money"),
                row.getString("currency"),
                row.getBigDecimal("at_stake"),
                row.getObject("score") == null ? null : row.getDouble("score"),
                row.getString("band"),
                HealthWeek.scores(row.getArray("spark")),
                row.getObject("renews_on", LocalDate.class),
                row.getTimestamp("opened_at").toInstant(),
                instant(row.getTimestamp("acknowledged_at")),
                row.getString("acknowledged_by"),
                row.getObject("snoozed_until", LocalDate.class),
                row.getString("snooze_reason"),
                row.getString("outcome"),
                instant(row.getTimestamp("closed_at")),
                row.getString("closed_by"),
                row.getString("closed_because"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
