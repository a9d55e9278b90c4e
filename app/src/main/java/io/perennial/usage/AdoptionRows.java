package io.perennial.usage;

import io.perennial.shared.AccountId;
import io.perennial.usage.KnownDays.Window;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * How accounts use what they bought, from the facts of 28 days. One statement answers for a page about one account and
 * renews the stored rows of many, so both say the same.
 */
@Component
class AdoptionRows {

    /** Seats, active users and revenue are those of the accounts table, so that lists agree with it. */
    private static final String SELECT = """
            with asked as (
                select o.account_id, w.after, w.last, w.held, coalesce(o.segment, '') as segment, nullif(greatest(o.seats, 0), 0) as seats,
                    case when o.last_used_on is null then 0 else o.active_users end as active,
                    case when o.arr > 0 then round(o.arr, 2) end as arr, o.currency
                from unnest(cast(:accounts as uuid[]), cast(:afters as date[]), cast(:lasts as date[]),
                    cast(:helds as boolean[])) as w (account_id, after, last, held)
                join accounts.overview o on o.account_id = w.account_id
            ), facts as materialized (
                select d.account_id, d.feature_id, d.day, d.user_id, d.users
                from usage.daily d join asked a on a.account_id = d.account_id and d.day > a.after and d.day <= a.last
                where d.account_id = any(:accounts) and d.day > :after and d.day <= :last
                    and (d.events > 0 or d.users > 0)
            ), logins as (
                select account_id, count(*) as logins, sum(days) as login_days
                from (
                    select account_id, user_id, count(distinct day) as days
                    from facts where user_id <> 0 group by account_id, user_id
                ) each
                group by account_id
            ), named as materialized (
                select account_id, feature_id, count(distinct user_id) as users
                from facts where user_id <> 0 group by account_id, feature_id
            ), counted as materialized (
                select account_id, feature_id, max(users) as users
                from (
                    select account_id, feature_id, day, sum(users) as users
                    from facts where feature_id <> 0 group by account_id, feature_id, day
                ) days
                group by account_id, feature_id
            ), used as (
                select c.account_id, array_agg(c.feature_id order by c.feature_id) as features,
                    array_agg(cast(coalesce(least(1000, round(
                            1000.0 * greatest(n.users, c.users) / nullif(a.active, 0))), -1) as smallint)
                        order by c.feature_id) as shares
                from counted c
                join asked a on a.account_id = c.account_id
                left join named n on n.account_id = c.account_id and n.feature_id = c.feature_id
                group by c.account_id
            )
            select a.account_id, a.last as until, a.held, a.segment, a.seats, a.active as active_users,
                greatest(0, a.seats - a.active) as unused, a.arr, a.currency,
                round(a.arr * greatest(0, a.seats - a.active) / a.seats, 2) as unused_arr,
                case when l.logins > 0 then cast(least(1000, round(1000.0 * l.login_days / 28 / l.logins)) as smallint) end as stickiness,
                coalesce(u.features, '{}') as features, coalesce(u.shares, '{}') as shares,
                cast(:now as timestamptz) as renewed_at
            from asked a
            left join logins l on l.account_id = a.account_id
            left join used u on u.account_id = a.account_id
            where a.seats > 0 or exists (select from facts f where f.account_id = a.account_id)
            """;

    private final JdbcClient database;

    AdoptionRows(JdbcClient database) {
        this.database = database;
    }

    /** Stores the rows of these accounts anew. */
    void renew(Map<UUID, Window> accounts, Instant now) {
        asked(database.sql("""
                insert into usage.adoption (account_id, until, held, segment, seats, active_users, unused, arr, currency,
                    unused_arr, stickiness, features, shares, renewed_at)
                """ + SELECT + """
                on conflict (account_id) do update
                set until = excluded.until, held = excluded.held, segment = excluded.segment, seats = excluded.seats,
                    active_users = excluded.active_users, unused = excluded.unused, arr = excluded.arr,
                    currency = excluded.currency, unused_arr = excluded.unused_arr,
                    stickiness = excluded.stickiness, features = excluded.features, shares = excluded.shares,
                    renewed_at = excluded.renewed_at
                """), accounts, now).update();
    }

    /** As of now, from the facts. Empty for an account that bought no seats and used nothing. */
    Optional<AdoptionRow> read(AccountId account, Window window, Instant now) {
        return asked(database.sql(SELECT), Map.of(account.value(), window), now)
                .query((row, number) -> row(row))
                .optional();
    }

    private static StatementSpec asked(StatementSpec statement, Map<UUID, Window> windows, Instant now) {
        List<UUID> accounts = windows.keySet().stream().sorted().toList();
        List<Window> sorted = accounts.stream()
                .map(account -> Objects.requireNonNull(windows.get(account)))
                .toList();
        return statement
                .param("accounts", accounts.toArray(UUID[]::new))
                .param(
                        "afters",
                        sorted.stream().map(window -> window.after().toString()).toArray(String[]::new))
                .param(
                        "lasts",
                        sorted.stream().map(window -> window.last().toString()).toArray(String[]::new))
                .param("helds", sorted.stream().map(Window::held).toArray(Boolean[]::new))
                .param(
                        "after",
                        sorted.stream()
                                .map(Window::after)
                                .min(Comparator.naturalOrder())
                                .orElseThrow())
                .param(
                        "last",
                        sorted.stream()
                                .map(Window::last)
                                .max(Comparator.naturalOrder())
                                .orElseThrow())
                .param("now", now.atOffset(ZoneOffset.UTC));
    }

    /** As of the last renewal. */
    Optional<AdoptionRow> stored(AccountId account) {
        return database.sql("select * from usage.adoption where account_id = :account")
                .param("account", account.value())
                .query((row, number) -> row(row))
                .optional();
    }

    static AdoptionRow row(ResultSet row) throws SQLException {
        return new AdoptionRow(
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getObject("until", LocalDate.class),
                row.getBoolean("held"),
                row.getString("segment"),
                row.getObject("seats", Integer.class),
                row.getObject("active_users", Integer.class),
                row.getObject("unused", Integer.class),
                row.getBigDecimal("arr"),
                row.getString("currency"),
                row.getBigDecimal("unused_arr"),
                row.getObject("stickiness", Integer.class),
                numbers(row.getArray("features")),
                numbers(row.getArray("shares")));
    }

    static int[] numbers(Array array) throws SQLException {
        Object[] boxed = (Object[]) array.getArray();
        int[] numbers = new int[boxed.length];
        for (int i = 0; i < boxed.length; i++) {
            numbers[i] = ((Number) boxed[i]).intValue();
        }
        return numbers;
    }
}
