package io.perennial.health;

import io.perennial.accounts.list.HealthWeek;
import io.perennial.health.Signals.Filter;
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

    private static final String SELECT = """
            select s.*, o.external_id, o.name, o.owner_id as account_owner, o.owner_name, o.score, o.band, o.spark,
                   o.renews_on
            from health.signal s join accounts.overview o on o.account_id = s.account_id
            """;

    private final JdbcClient database;

    SignalReads(JdbcClient database) {
        this.database = database;
    }

    /** Standing now: open, or snoozed until a day that has come. */
    private static final String STANDS =
            "(s.state in ('open', 'acknowledged') or s.state = 'snoozed' and s.snoozed_until <= :today)";

    private static final String URGENCY_FIRST =
            "case %s.urgency when 'now' then 1 when 'this_week' then 2 else 3 end, %<s.opened_at, %<s.id";

    /**
     * The dearest first. Amounts of different currencies cannot be compared, so each is measured against the mean of its
     * own currency; then by urgency, then the oldest first.
     */
    List<Signal> ranked(Viewer viewer, Filter filter, LocalDate today, int limit) {
        String ranked = viewer.everything() ? ofTheCompany() : ofAPortfolio();
        return database.sql(ranked)
                .param("member", viewer.memberId())
                .param("today", today)
                .param("cause", filter.cause())
                .param("urgency", filter.urgency())
                .param("limit", limit)
                .query((row, number) -> signal(row))
                .list();
    }

    /** Few enough to look at each. */
    private static String ofAPortfolio() {
        return "with seen as (" + SELECT + " where o.owner_id = :member and " + STANDS
                + """
                         and (:cause = '' or s.cause = :cause)
                         and (:urgency = '' or s.urgency = :urgency)
                        )
                        select * from seen
                        order by at_stake / nullif(avg(at_stake) over (partition by currency), 0) desc nulls last, %s
                        limit :limit
                        """.formatted(URGENCY_FIRST.formatted("seen"));
    }

    /**
     * Of a whole company only the dearest of each currency are looked at, in the order of an index; the means come from
     * the tally.
     */
    private static String ofTheCompany() {
        String dearest = "order by s.at_stake desc nulls last, " + URGENCY_FIRST.formatted("s") + " limit :limit";
        String chosen = "(:cause = '' or s.cause = :cause) and (:urgency = '' or s.urgency = :urgency)";
        return """
                with means as materialized (
                    select currency, sum(at_stake) / nullif(sum(staked), 0) as mean
                    from health.signal_tally where :cause = '' or cause = :cause group by currency
                ), dearest as (
                    select s.*, m.mean from means m cross join lateral (
                        select s.id, s.at_stake, s.urgency, s.opened_at from health.signal s
                        where s.state in ('open', 'acknowledged') and coalesce(s.currency, '') = m.currency and %1$s
                        %2$s) s
                    union all
                    select s.id, s.at_stake, s.urgency, s.opened_at, m.mean
                    from health.signal s left join means m on m.currency = coalesce(s.currency, '')
                    where s.state = 'snoozed' and s.snoozed_until <= :today and %1$s
                ), first as materialized (
                    select s.id, s.at_stake / nullif(s.mean, 0) as place from dearest s
                    order by s.at_stake / nullif(s.mean, 0) desc nulls last, %3$s
                    limit :limit
                )
                select s.*, o.external_id, o.name, o.owner_id as account_owner, o.owner_name, o.score, o.band, o.spark,
                       o.renews_on
                from first f join health.signal s on s.id = f.id
                join accounts.overview o on o.account_id = s.account_id
                order by f.place desc nulls last, %3$s
                """.formatted(chosen, dearest, URGENCY_FIRST.formatted("s"));
    }

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
