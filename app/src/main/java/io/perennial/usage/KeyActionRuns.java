package io.perennial.usage;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import io.perennial.usage.Durations.Observed;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Renews who started and finished which key action, from the facts of days. A start in the first week of all facts is left
 * out: nobody knows when it really was.
 */
@Component
class KeyActionRuns {

    /** Facts begin somewhere; what stands in their first days may be much older. */
    private static final int SETTLING = 7;

    private final JdbcClient database;

    KeyActionRuns(JdbcClient database) {
        this.database = database;
    }

    record Action(UUID id, int start, int finish, @Nullable Integer expectedDays) {}

    List<Action> actions() {
        return database.sql("""
                select id, start_feature, finish_feature, expected_days from usage.key_action
                where retired_at is null order by id
                """)
                .query((row, number) -> new Action(
                        row.getObject("id", UUID.class),
                        row.getInt("start_feature"),
                        row.getInt("finish_feature"),
                        row.getObject("expected_days", Integer.class)))
                .list();
    }

    void renew(Action action, List<AccountId> accounts, LocalDate until) {
        database.sql("delete from usage.key_action_run where action_id = :action and account_id = any(:accounts)")
                .param("action", action.id())
                .param("accounts", AccountIds.array(accounts))
                .update();
        database.sql("""
                with facts as materialized (
                    select account_id, user_id, day, feature_id from usage.daily
                    where account_id = any(:accounts) and feature_id in (:start, :finish) and day <= :until
                        and (events > 0 or users > 0)
                ), started as (
                    select account_id, user_id, min(day) as started_on from facts
                    where feature_id = :start
                        and (user_id <> 0 or account_id not in (select account_id from facts where user_id <> 0))
                    group by account_id, user_id
                    having min(day) >= (select min(day) from usage.company_day) + cast(:settling as int)
                ), runs as (
                    select s.account_id, s.user_id, s.started_on, min(f.day) as finished_on
                    from started s
                    left join facts f on f.account_id = s.account_id and f.user_id = s.user_id
                        and f.feature_id = :finish and f.day >= s.started_on
                    group by s.account_id, s.user_id, s.started_on
                ), followed as (
                    select distinct r.account_id, r.user_id from runs r
                    join facts f on f.account_id = r.account_id and f.user_id = r.user_id
                        and f.feature_id = :finish and f.day > r.finished_on and f.day <= r.finished_on + 7
                ), active as (
                    select distinct account_id, user_id from usage.daily
                    where account_id = any(:accounts) and day > cast(:until as date) - 28 and day <= :until
                        and (events > 0 or users > 0)
                )
                insert into usage.key_action_run (action_id, account_id, user_id, started_on, finished_on, active, followed)
                select :action, r.account_id, r.user_id, r.started_on, r.finished_on, a.account_id is not null,
                    f.account_id is not null
                from runs r
                left join active a on a.account_id = r.account_id and a.user_id = r.user_id
                left join followed f on f.account_id = r.account_id and f.user_id = r.user_id
                """)
                .param("action", action.id())
                .param("accounts", AccountIds.array(accounts))
                .param("start", action.start())
                .param("finish", action.finish())
                .param("settling", SETTLING)
                .param("until", until)
                .update();
    }

    /** After all accounts: what is usual, and how each run stands to it. */
    void judge(Action action, LocalDate until) {
        Durations durations = Durations.of(database.sql("""
                select coalesce(finished_on, :until) - started_on as days, finished_on is not null as finished,
                    count(*) as runs
                from usage.key_action_run where action_id = :action group by 1, 2
                """)
                .param("action", action.id())
                .param("until", until)
                .query((row, number) ->
                        new Observed(row.getInt("days"), row.getBoolean("finished"), row.getInt("runs")))
                .list());
        Integer expected = action.expectedDays();
        Integer q05 = known(durations, 0.05);
        Integer q80 = known(durations, 0.80);
        Integer q95 = known(durations, 0.95);
        // Where too many never finish for such a quantile, nobody who did took longer than this.
        Integer longest = durations.enough() && durations.longest().isPresent()
                ? Integer.valueOf(durations.longest().getAsInt())
                : null;
        database.sql("""
                update usage.key_action set q05 = :q05, q50 = :q50, q80 = :q80, q95 = :q95, finished = :finished
                where id = :action
                """)
                .param("q05", q05)
                .param("q50", known(durations, 0.50))
                .param("q80", q80)
                .param("q95", q95)
                .param("finished", durations.finished())
                .param("action", action.id())
                .update();
        database.sql("""
                update usage.key_action_run
                set state = case
                    when finished_on is not null and finished_on - started_on < cast(:quick as int) and not followed
                        and finished_on + 7 <= :until then 'quick'
                    when finished_on is not null then 'done'
                    when not active then 'abandoned'
                    when cast(:until as date) - started_on > cast(:stuck as int) then 'stuck'
                    when cast(:until as date) - started_on > cast(:slow as int) then 'slow'
                    else 'running' end
                where action_id = :action
                """)
                .param("quick", q05)
                .param("stuck", q95 != null ? q95 : longest != null ? longest : expected == null ? null : 2 * expected)
                .param("slow", expected != null ? expected : q80 != null ? q80 : longest)
                .param("until", until)
                .param("action", action.id())
                .update();
    }

    private static @Nullable Integer known(Durations durations, double share) {
        OptionalInt days = durations.quantile(share);
        return durations.enough() && days.isPresent() ? Integer.valueOf(days.getAsInt()) : null;
    }
}
