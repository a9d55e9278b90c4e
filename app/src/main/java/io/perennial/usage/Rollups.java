package io.perennial.usage;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps {@code account_day} and {@code company_day} equal to a recompute from the facts, and marks the packed months that
 * are not any more.
 *
 * <p>Facts of single features and facts of the product as a whole may stand beside each other; a total is not added
 * to its parts, the larger of the two counts. Active users are those named, or the most that any row states; when no
 * row says anything about users they are unknown, not zero.
 */
@Component
class Rollups {

    private final JdbcClient database;

    Rollups(JdbcClient database) {
        this.database = database;
    }

    /** Needs the lock of the facts' writer. */
    void recompute(Collection<AccountDay> touched) {
        database.sql(RECOMPUTE)
                .param(
                        "accounts",
                        touched.stream().map(one -> one.account().toString()).toArray(String[]::new))
                .param("days", touched.stream().map(one -> one.day().toString()).toArray(String[]::new))
                .param(
                        "from",
                        touched.stream()
                                .map(AccountDay::day)
                                .min(LocalDate::compareTo)
                                .orElseThrow())
                .param(
                        "to",
                        touched.stream()
                                .map(AccountDay::day)
                                .max(LocalDate::compareTo)
                                .orElseThrow())
                .query(row -> {});
        unpack(touched);
    }

    /** The lock on the mark lets no reader pack the month before these facts are committed and lose them. */
    void unpack(Collection<AccountDay> touched) {
        Set<AccountDay> months = touched.stream()
                .map(one -> new AccountDay(one.account(), one.day().withDayOfMonth(1)))
                .collect(Collectors.toSet());
        database.sql("""
                insert into usage.unpacked (account_id, month)
                select account_id, month
                from unnest(cast(:accounts as uuid[]), cast(:months as date[])) as t (account_id, month)
                order by account_id, month
                on conflict (account_id, month) do update set month = excluded.month
                """)
                .param(
                        "accounts",
                        months.stream().map(one -> one.account().toString()).toArray(String[]::new))
                .param(
                        "months",
                        months.stream().map(one -> one.day().toString()).toArray(String[]::new))
                .update();
    }

    private static final String RECOMPUTE = """
            with touched as (
                select * from unnest(cast(:accounts as uuid[]), cast(:days as date[])) as t (account_id, day)
            ), fresh as (
                select t.account_id, t.day,
                    greatest(
                        coalesce(sum(d.events) filter (where d.feature_id <> 0), 0),
                        coalesce(sum(d.events) filter (where d.feature_id = 0), 0))::bigint as events,
                    case when count(*) filter (where d.user_id <> 0 or d.users is not null) > 0 then
                        greatest(
                            count(distinct d.user_id) filter (where d.user_id <> 0), coalesce(max(d.users), 0))::int
                    end as active_users,
                    greatest(
                        coalesce(sum(d.seconds) filter (where d.feature_id <> 0), 0),
                        coalesce(sum(d.seconds) filter (where d.feature_id = 0), 0))::bigint as seconds,
                    greatest(
                        coalesce(sum(d.errors) filter (where d.feature_id <> 0), 0),
                        coalesce(sum(d.errors) filter (where d.feature_id = 0), 0))::bigint as errors,
                    coalesce(
                        array_agg(distinct d.feature_id) filter (
                            where d.feature_id <> 0 and (d.events > 0 or d.users > 0 or d.seconds > 0)),
                        '{}') as features
                from touched t
                join usage.daily d
                    on d.account_id = t.account_id and d.day = t.day
                    and d.day between cast(:from as date) and cast(:to as date)
                group by t.account_id, t.day
            ), before as (
                select a.account_id, a.day, a.events, a.active_users
                from touched t join usage.account_day a on a.account_id = t.account_id and a.day = t.day
            ), stored as (
                insert into usage.account_day as a
                    (account_id, day, events, active_users, seconds, errors, features)
                select account_id, day, events, active_users, seconds, errors, features from fresh
                order by account_id, day
                on conflict (account_id, day) do update
                set events = excluded.events, active_users = excluded.active_users, seconds = excluded.seconds,
                    errors = excluded.errors, features = excluded.features, counted = false
                where a.counted or (a.events, a.active_users, a.seconds, a.errors, a.features)
                    is distinct from (excluded.events, excluded.active_users, excluded.seconds, excluded.errors,
                        excluded.features)
            ), difference as (
                select f.day,
                    sum(f.events - coalesce(b.events, 0)) as events,
                    sum(coalesce(f.active_users, 0) - coalesce(b.active_users, 0)) as active_users,
                    count(*) filter (where b.account_id is null) as accounts
                from fresh f left join before b on b.account_id = f.account_id and b.day = f.day
                group by f.day
            ), company as (
                insert into usage.company_day as c (day, events, active_users, accounts)
                select day, events, active_users, accounts from difference order by day
                on conflict (day) do update
                set events = c.events + excluded.events, active_users = c.active_users + excluded.active_users,
                    accounts = c.accounts + excluded.accounts
                where (excluded.events, excluded.active_users, excluded.accounts) <> (0, 0, 0)
            )
            select count(*) from difference
            """;
}
