package io.perennial.contracts;

import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read model of the account page: contracts, lines and losses of one customer. */
@Component
class SoldToAccount {

    /** Rows of each kind on the page; older ones are counted, not shown. */
    private static final int SHOWN = 100;

    private final JdbcClient database;

    SoldToAccount(JdbcClient database) {
        this.database = database;
    }

    Sold to(AccountId account, LocalDate today) {
        return new Sold(
                revenue(account, today),
                contracts(account, today),
                lines(account, today),
                losses(account),
                merger(account));
    }

    private List<Sold.Sum> revenue(AccountId account, LocalDate today) {
        return database.sql("""
                select l.currency,
                    coalesce(sum(v.annual) filter (where v.from_day <= :today and v.until_day > :today), 0) as now,
                    sum(v.annual) filter (where v.from_day <= :before and v.until_day > :before) as before
                from (
                    select distinct currency from contracts.contract_line
                    where account_id = any(array(
                        select cast(:account as uuid)
                        union all select m.account_id from contracts.merged m where m.root = :account))) l
                left join contracts.levels_of_few(array[cast(:account as uuid)], 0) v on v.currency = l.currency
                where not exists (select from contracts.merged m where m.account_id = :account)
                group by 1 order by 2 desc, 1
                """)
                .param("account", account.value())
                .param("today", today)
                .param("before", today.minusDays(365))
                .query((row, number) ->
                        new Sold.Sum(row.getString("currency"), row.getBigDecimal("now"), row.getBigDecimal("before")))
                .list();
    }

    private List<Sold.Agreement> contracts(AccountId account, LocalDate today) {
        return database.sql("""
                select *, contracts.end_known_on(ends_on, scheduled_ends_on, :today) as known_end
                from contracts.contract where account_id = :account
                order by starts_on desc nulls last, id limit :limit
                """)
                .param("account", account.value())
                .param("today", today)
                .param("limit", SHOWN)
                .query((row, number) -> new Sold.Agreement(
                        row.getObject("id", UUID.class),
                        row.getString("external_id"),
                        row.getString("name"),
                        row.getString("program"),
                        day(row, "starts_on"),
                        day(row, "known_end"),
                        (Boolean) row.getObject("auto_renew"),
                        row.getInt("notice_days")))
                .list();
    }

    private List<Sold.Line> lines(AccountId account, LocalDate today) {
        return database.sql("""
                with ran as materialized (
                    select * from contracts.lines_of_few(array[cast(:account as uuid)])
                ), own as materialized ( -- by itself: in hope of an early end of the limit below, the lines of everybody would be read
                    select * from contracts.contract_line where account_id = any(array(
                        select cast(:account as uuid)
                        union all select m.account_id from contracts.merged m where m.root = :account))
                )
                select l.*, coalesce(c.name, c.external_id) as contract, a.name as of_account
                from (
                    select l.*,
                        case when t.until_day is not null then nullif(t.until_day, 'infinity')
                            when r.replaced and r.ends_on <= :today then r.ends_on
                            else contracts.end_known_on(l.ends_on, l.scheduled_ends_on, :today) end as known_end,
                        l.starts_on <= :today and coalesce(r.runs_until, l.ends_on, 'infinity') > :today as running,
                        case when t.from_day is not null then l.ends_on end as by_itself_since,
                        coalesce(r.replaced and r.ends_on <= :today, false) as replaced
                    from own l
                    left join ran r on r.line_id = l.id
                    left join lateral ( -- the term it is in by now
                        select t.from_day, t.until_day
                        from ran r cross join lateral contracts.terms_of({going_on}, :today) t
                        where r.line_id = l.id and r.runs_until > r.ends_on
                        order by t.step desc limit 1) t on true
                ) l
                left join contracts.contract c on c.id = l.contract_id
                left join accounts.account a on a.id = l.account_id and l.account_id <> :account
                order by l.starts_on > :today desc, l.running desc, l.starts_on desc, l.id
                limit :limit
                """.replace("{going_on}", Terms.GOING_ON))
                .param("account", account.value())
                .param("today", today)
                .param("limit", SHOWN)
                .query((row, number) -> new Sold.Line(
                        row.getObject("id", UUID.class),
                        row.getString("product"),
                        row.getString("contract"),
                        row.getObject("contract_id", UUID.class),
                        row.getString("kind"),
                        (Integer) row.getObject("seats"),
                        row.getBigDecimal("amount"),
                        row.getString("period"),
                        row.getString("currency"),
                        day(row, "starts_on"),
                        day(row, "known_end"),
                        row.getBoolean("running"),
                        (Boolean) row.getObject("auto_renew"),
                        day(row, "by_itself_since"),
                        row.getBoolean("replaced"),
                        row.getString("of_account")))
                .list();
    }

    private Sold.@Nullable Merger merger(AccountId account) {
        return database.sql("""
                select a.id, a.name, g.merged_on
                from contracts.account_merger g
                join contracts.merged m on m.account_id = g.account_id
                join accounts.account a on a.id = m.root
                where g.account_id = :account
                """)
                .param("account", account.value())
                .query((row, number) -> new Sold.Merger(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getObject("merged_on", LocalDate.class)))
                .optional()
                .orElse(null);
    }

    private List<Sold.Loss> losses(AccountId account) {
        return database.sql("""
                select * from contracts.cancellation where account_id = :account
                order by cancelled_on desc, id limit :limit
                """)
                .param("account", account.value())
                .param("limit", SHOWN)
                .query((row, number) -> new Sold.Loss(
                        row.getObject("id", UUID.class),
                        row.getObject("cancelled_on", LocalDate.class),
                        day(row, "effective_on"),
                        row.getString("category"),
                        row.getString("reason"),
                        row.getString("reason_detail"),
                        row.getString("competitor"),
                        row.getBigDecimal("amount"),
                        row.getString("currency"),
                        row.getBoolean("reactivated")))
                .list();
    }

    private static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }
}
