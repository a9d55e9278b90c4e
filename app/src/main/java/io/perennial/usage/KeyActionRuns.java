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

    /** In a transaction of the caller. */
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
                        and m.user_id = d.user_id and m.day = d.day and m.account_id = any(:accounts)
                    where d.account_id = any(:accounts) and d.feature_id in (:start, :finish) and d.day <= :last
                        and (d.events > 0 or d.users > 0)
                    group by d.account_id, d.user_id, d.day, d.feature_id
                ), starts as (
                    select *, min(day) filter (where feature_id = :start) over login as started_on,
                        max(day) filter (where feature_id = :start) over login as last_step_on,
                        bool_or(user_id <> 0) over (partition by account_id) as named
                    from facts window login as (partition by account_id, user_id)
                ), started as (
                    select *, min(first_second) filter (where feature_id = :start and day = started_on) over login
                            as started_second
                    from starts
                    where started_on >= (select min(day) from usage.company_day) + cast(:settling as int)
                        and (user_id <> 0 or not named)
                    window login as (partition by account_id, user_id)
                ), finishes as (
                    select *, min(day) filter (where feature_id = :finish and day >= started_on
                            and not coalesce(day = started_on and last_second < started_second, false)) over login
                            as finished_on
                    from started window login as (partition by account_id, user_id)
                ), runs as materialized (
                    select account_id, user_id, min(started_on) as started_on, min(started_second) as started_second,
                        min(last_step_on) as last_step_on, min(finished_on) as finished_on,
                        min(case when day = started_on and first_second < started_second then last_second
                                else first_second end)
                            filter (where feature_id = :finish and day = finished_on) as finished_second,
                        coalesce(bool_or(feature_id = :finish and day > finished_on and day <= finished_on + 7), false)
                            as followed
                    from finishes group by account_id, user_id
                ), present as materialized (
                    select account_id, user_id, day,
                        day - lag(day) over (partition by account_id, user_id order by day) as away
                    from (
                        select distinct d.account_id, d.user_id, d.day
                        from usage.daily d
                        join asked a on a.account_id = d.account_id and d.day <= a.last
                        join runs r on r.account_id = d.account_id and r.user_id = d.user_id
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
                select :action, r.account_id, r.user_id, a.segment, r.started_on, r.started_second, r.finished_on,
                    r.finished_second, a.last,
                    greatest(0, case
                        when r.finished_on is null and r.started_second is null
                            then (a.last - r.started_on) * 86400::bigint
                        when r.finished_on is null
                            then (a.last + 1 - r.started_on) * 86400::bigint - r.started_second
                        when r.started_second is null or r.finished_second is null
                            then (r.finished_on - r.started_on) * 86400::bigint
                        else (r.finished_on - r.started_on) * 86400::bigint + r.finished_second - r.started_second end),
                    r.last_step_on, p.day, r.followed
                from runs r
                join asked a on a.account_id = r.account_id
                left join active p on p.account_id = r.account_id and p.user_id = r.user_id
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
        database.sql("set local enable_nestloop = on").update();
    }
}
