package io.perennial.usage;

import io.perennial.usage.KnownDays.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Renews who started and finished which key action: days from the facts, seconds where events told them. A start in the
 * first week of all facts is left out: nobody knows when it really was. What a silent source leaves unknown is no time
 * that passes.
 */
@Component
class KeyActionRuns {

    /** Facts begin somewhere; what stands in their first days may be much older. */
    private static final int SETTLING = 7;

    private final JdbcClient database;

    KeyActionRuns(JdbcClient database) {
        this.database = database;
    }

    /** @param expected seconds; null: what is usual decides */
    record Action(UUID id, int start, int finish, @Nullable Long expected) {}

    List<Action> actions() {
        return database.sql("""
                select id, start_feature, finish_feature, expected_seconds from usage.key_action
                where retired_at is null order by id
                """)
                .query((row, number) -> new Action(
                        row.getObject("id", UUID.class),
                        row.getInt("start_feature"),
                        row.getInt("finish_feature"),
                        row.getObject("expected_seconds", Long.class)))
                .list();
    }

    /** Before the runs of an action are renewed, part by part. */
    void begin(Action action) {
        database.sql("delete from usage.key_action_return where action_id = :action")
                .param("action", action.id())
                .update();
    }

    void renew(Action action, Map<UUID, Window> accounts) {
        List<UUID> sorted = accounts.keySet().stream().sorted().toList();
        UUID[] ids = sorted.toArray(UUID[]::new);
        String[] until = sorted.stream()
                .map(account ->
                        Objects.requireNonNull(accounts.get(account)).last().toString())
                .toArray(String[]::new);
        LocalDate last = accounts.values().stream()
                .map(Window::last)
                .max(LocalDate::compareTo)
                .orElseThrow();
        database.sql("delete from usage.key_action_run where action_id = :action and account_id = any(:accounts)")
                .param("action", action.id())
                .param("accounts", ids)
                .update();
        database.sql("""
                with asked as (
                    select u.account_id, u.last, coalesce(o.segment, '') as segment
                    from unnest(cast(:accounts as uuid[]), cast(:until as date[])) as u (account_id, last)
                    left join accounts.overview o on o.account_id = u.account_id
                ), facts as materialized (
                    select d.account_id, d.user_id, d.day, d.feature_id, min(m.first_second) as first_second,
                        max(m.last_second) as last_second
                    from usage.daily d
                    join asked a on a.account_id = d.account_id and d.day <= a.last
                    left join usage.key_moment m on m.account_id = d.account_id and m.feature_id = d.feature_id
                        and m.user_id = d.user_id and m.day = d.day
                    where d.account_id = any(:accounts) and d.feature_id in (:start, :finish) and d.day <= :last
                        and (d.events > 0 or d.users > 0)
                    group by d.account_id, d.user_id, d.day, d.feature_id
                ), started as (
                    select distinct on (account_id, user_id) account_id, user_id, day, first_second as second,
                        max(day) over (partition by account_id, user_id) as last_step_on
                    from facts
                    where feature_id = :start
                        and (user_id <> 0 or account_id not in (select account_id from facts where user_id <> 0))
                    order by account_id, user_id, day
                ), settled as (
                    select * from started
                    where day >= (select min(day) from usage.company_day) + cast(:settling as int)
                ), finished as (
                    select distinct on (s.account_id, s.user_id) s.account_id, s.user_id, f.day,
                        case when f.day = s.day and f.first_second < s.second then f.last_second
                            else f.first_second end as second
                    from settled s
                    join facts f on f.account_id = s.account_id and f.user_id = s.user_id and f.feature_id = :finish
                        and f.day >= s.day and not coalesce(f.day = s.day and f.last_second < s.second, false)
                    order by s.account_id, s.user_id, f.day
                ), followed as materialized (
                    select distinct r.account_id, r.user_id from finished r
                    join facts f on f.account_id = r.account_id and f.user_id = r.user_id
                        and f.feature_id = :finish and f.day > r.day and f.day <= r.day + 7
                ), present as materialized (
                    select account_id, user_id, day,
                        day - lag(day) over (partition by account_id, user_id order by day) as away
                    from (
                        select distinct d.account_id, d.user_id, d.day
                        from usage.daily d
                        join asked a on a.account_id = d.account_id and d.day <= a.last
                        join settled s on s.account_id = d.account_id and s.user_id = d.user_id
                        where d.account_id = any(:accounts) and d.day > cast(:last as date) - :looked and d.day <= :last
                            and (d.events > 0 or d.users > 0)
                    ) days
                ), learned as (
                    insert into usage.key_action_return as r (action_id, days, returns)
                    select :action, away, count(*) from present where away > 1 group by away
                    on conflict (action_id, days) do update set returns = r.returns + excluded.returns
                ), active as materialized (
                    select account_id, user_id, max(day) as day from present group by account_id, user_id
                )
                insert into usage.key_action_run (action_id, account_id, user_id, segment, started_on, started_second,
                    finished_on, finished_second, known_until, seconds, last_step_on, last_used_on, followed)
                select :action, s.account_id, s.user_id, a.segment, s.day, s.second, f.day, f.second, a.last,
                    greatest(0, case
                        when f.day is null and s.second is null then (a.last - s.day) * 86400::bigint
                        when f.day is null then (a.last + 1 - s.day) * 86400::bigint - s.second
                        when s.second is null or f.second is null then (f.day - s.day) * 86400::bigint
                        else (f.day - s.day) * 86400::bigint + f.second - s.second end),
                    s.last_step_on, p.day, w.account_id is not null
                from settled s
                join asked a on a.account_id = s.account_id
                left join finished f on f.account_id = s.account_id and f.user_id = s.user_id
                left join active p on p.account_id = s.account_id and p.user_id = s.user_id
                left join followed w on w.account_id = s.account_id and w.user_id = s.user_id
                """)
                .param("action", action.id())
                .param("accounts", ids)
                .param("until", until)
                .param("last", last)
                .param("start", action.start())
                .param("finish", action.finish())
                .param("settling", SETTLING)
                .param("looked", Cohort.DAYS)
                .update();
    }
}
