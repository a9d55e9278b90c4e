package io.perennial.programs;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.platform.web.Wording;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Programs that began and ended, and what was used of them, on the account's timeline. What was used on one day is one entry. */
@Component
class ProgramTimeline implements TimelineSource {

    private static final String KIND = "program";

    /** Entries of the ledger that are gathered, for each that is wanted; whole days, so that none is told in parts. */
    private static final int LOOKED_THROUGH = 200;

    private final JdbcClient database;

    ProgramTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                with day_of_before as (
                    select date_trunc('day', cast(:before as timestamptz), 'UTC') + interval '1 day' as until
                ), edge as materialized (
                    select date_trunc('day', e.at, 'UTC') as day from programs.entry e
                    where e.account_id = :account and e.kind = 'consumed' and e.at < (select until from day_of_before)
                    order by e.at desc offset :rows limit 1
                ), enrolled as (
                    select e.*, p.name as program, p.id as program_id
                    from programs.enrolment e
                    join programs.version v on v.id = e.version_id join programs.program p on p.id = v.program_id
                    where e.account_id = :account and (e.ends_on is null or e.ends_on > e.starts_on)
                )
                select * from (
                    select max(e.at) as at, 1 as step, 'used' as what, p.title, sum(e.amount) as amount, count(*) as entries,
                        (array_agg(e.purpose order by e.n desc))[1] as detail,
                        case when min(e.actor_name) = max(e.actor_name) and max(e.actor_kind) <> 'SYSTEM'
                            then max(e.actor_name) end as actor
                    from programs.entry e join programs.pot p on p.id = e.pot_id
                    where e.account_id = :account and e.kind = 'consumed' and e.at < (select until from day_of_before)
                      and e.at >= coalesce((select day from edge), '-infinity')
                    group by p.unit, p.title, date_trunc('day', e.at, 'UTC')
                    having sum(e.amount) <> 0
                    union all
                    select e.starts_on::timestamp at time zone 'UTC', 2,
                        case when exists (select from enrolled o where o.program_id = e.program_id and o.ends_on = e.starts_on)
                            then 'goes on' else 'began' end,
                        e.program, null, 1, e.chosen_why, e.chosen_by
                    from enrolled e
                    union all
                    select e.ends_on::timestamp at time zone 'UTC', 0, 'ended', e.program, null, 1, null, null
                    from enrolled e
                    where e.ends_on is not null and not exists (select from enrolled o where o.program_id = e.program_id
                        and o.starts_on <= e.ends_on and (o.ends_on is null or o.ends_on > e.ends_on))
                ) events
                where at < :before order by at desc, step desc, title limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("rows", LOOKED_THROUGH * limit)
                .param("limit", limit)
                .query((row, number) -> entry(row, account))
                .list();
    }

    private static TimelineEntry entry(ResultSet row, AccountId account) throws SQLException {
        String what = row.getString("what");
        int entries = row.getInt("entries");
        String detail = Objects.requireNonNullElse(row.getString("detail"), "");
        return new TimelineEntry(
                row.getTimestamp("at").toInstant(),
                KIND,
                what.equals("used")
                        ? used(row.getBigDecimal("amount"), row.getString("title"))
                        : "Program " + what + ": " + row.getString("title"),
                entries == 1 ? detail : detail + " and " + (entries - 1) + " more that day",
                Objects.requireNonNullElse(row.getString("actor"), ""),
                "/accounts/" + account + "/program");
    }

    private static String used(BigDecimal amount, String title) {
        return (amount.signum() < 0 ? "Given back: " : "Used: ") + Wording.amount(amount.abs()) + " " + title;
    }
}
