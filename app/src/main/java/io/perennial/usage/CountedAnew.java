package io.perennial.usage;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A recount on its way: what is to stand there gathers in a table of this transaction, then only the days that differ are
 * written.
 */
final class CountedAnew {

    private final JdbcClient database;
    private final CountedDays days;
    private final @Nullable UUID account;
    private final LocalDate first;
    private final LocalDate last;

    CountedAnew(JdbcClient database, CountedDays days, @Nullable AccountId account, LocalDate first, LocalDate last) {
        this.database = database;
        this.days = days;
        this.account = account == null ? null : account.value();
        this.first = first;
        this.last = last;
        database.sql("drop table if exists pg_temp.recount").update();
        database.sql("""
                create temp table recount (
                    account_id uuid, day date, feature_id int, user_id bigint, source_ref text, events bigint, slots bit(288)
                ) on commit drop
                """).update();
    }

    void add(List<CountedRow> rows) {
        database.sql("""
                insert into pg_temp.recount (account_id, day, feature_id, user_id, source_ref, events, slots)
                select account_id, day, feature_id, user_id, source_ref, events, cast(slots as bit(288))
                from unnest(cast(:accounts as uuid[]), cast(:days as date[]), cast(:features as int[]),
                    cast(:users as bigint[]), cast(:refs as text[]), cast(:events as bigint[]), cast(:slots as text[]))
                    as n (account_id, day, feature_id, user_id, source_ref, events, slots)
                """)
                .param(
                        "accounts",
                        rows.stream()
                                .map(row -> row.key().on().account().toString())
                                .toArray(String[]::new))
                .param(
                        "days",
                        rows.stream()
                                .map(row -> row.key().on().day().toString())
                                .toArray(String[]::new))
                .param(
                        "features",
                        rows.stream().mapToInt(row -> row.key().feature()).toArray())
                .param("users", rows.stream().mapToLong(row -> row.key().user()).toArray())
                .param("refs", rows.stream().map(row -> row.key().sourceRef()).toArray(String[]::new))
                .param("events", rows.stream().mapToLong(CountedRow::events).toArray())
                .param(
                        "slots",
                        rows.stream().map(row -> CountedRow.bits(row.slots())).toArray(String[]::new))
                .update();
    }

    /** Needs the lock of the facts' writer. */
    Set<AccountDay> apply() {
        database.sql("""
                create temp table recount_day on commit drop as
                select account_id, day from (
                    select account_id, day from (
                        select account_id, day, feature_id, user_id, source_ref, sum(events)::bigint as events
                        from pg_temp.recount group by 1, 2, 3, 4, 5
                    ) r full join (
                        select account_id, day, feature_id, user_id, source_ref, events from usage.daily
                        where source_ref like 'source:%%' and day between '%1$s' and '%2$s' %3$s
                    ) d using (account_id, day, feature_id, user_id, source_ref)
                    where r.events is distinct from d.events
                    union
                    select account_id, day from (
                        select account_id, day, user_id, sum(events)::bigint as events, bit_or(slots) as slots
                        from pg_temp.recount where user_id <> 0 group by 1, 2, 3
                    ) r full join (
                        select account_id, day, user_id, events, slots from usage.user_day
                        where day between '%1$s' and '%2$s' %3$s
                    ) u using (account_id, day, user_id)
                    where r.events is distinct from u.events or r.slots is distinct from u.slots
                ) different
                """.formatted(first, last, account == null ? "" : "and account_id = '" + account + "'"))
                .update();
        Set<AccountDay> different = new HashSet<>();
        database.sql("select account_id, day from pg_temp.recount_day").query(row -> {
            different.add(
                    new AccountDay(row.getObject("account_id", UUID.class), row.getObject("day", LocalDate.class)));
        });
        if (!different.isEmpty()) {
            replace();
            days.replaced(different);
            firstUses();
        }
        database.sql("drop table pg_temp.recount_day, pg_temp.recount").update();
        return different;
    }

    private void replace() {
        database.sql("""
                delete from usage.daily d using pg_temp.recount_day t
                where d.account_id = t.account_id and d.day = t.day and d.source_ref like 'source:%'
                """).update();
        database.sql("""
                insert into usage.daily (day, account_id, user_id, feature_id, source_ref, events)
                select day, account_id, user_id, feature_id, source_ref, sum(events)
                from pg_temp.recount join pg_temp.recount_day using (account_id, day)
                group by account_id, day, feature_id, user_id, source_ref
                order by account_id, day, feature_id, user_id, source_ref
                """).update();
        database.sql("""
                delete from usage.user_day u using pg_temp.recount_day t
                where u.account_id = t.account_id and u.day = t.day
                """).update();
        database.sql("""
                insert into usage.user_day (account_id, day, user_id, events, slots)
                select account_id, day, user_id, sum(events), bit_or(slots)
                from pg_temp.recount join pg_temp.recount_day using (account_id, day)
                where user_id <> 0 group by account_id, day, user_id order by account_id, day, user_id
                """).update();
    }

    private void firstUses() {
        database.sql("""
                delete from usage.first_use where account_id in (select account_id from pg_temp.recount_day)
                """).update();
        database.sql("""
                insert into usage.first_use (account_id, feature_id, day)
                select account_id, feature_id, min(day) from usage.daily
                where source_ref like 'source:%' and account_id in (select account_id from pg_temp.recount_day)
                group by account_id, feature_id
                """).update();
    }
}
