package io.perennial.contracts;

import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
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
        return new Sold(revenue(account, today), contracts(account, today), lines(account, today), losses(account));
    }

    private List<Sold.Sum> revenue(AccountId account, LocalDate today) {
        return database.sql("""
                select currency,
                       coalesce(sum(contracts.annual_on(annual, escalator, starts_on, :today)) filter (where
                           starts_on <= :today and
                           (ends_on is null or ends_on > :today)), 0) as now,
                       sum(contracts.annual_on(annual, escalator, starts_on, :before)) filter (where
                           starts_on <= :before and
                           (ends_on is null or ends_on > :before)) as before
                from contracts.contract_line where account_id = :account
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
                select l.*, contracts.end_known_on(l.ends_on, l.scheduled_ends_on, :today) as known_end,
                       l.starts_on <= :today and (l.ends_on is null or l.ends_on > :today) as running,
                       coalesce(c.name, c.external_id) as contract
                from contracts.contract_line l
                left join contracts.contract c on c.id = l.contract_id
                where l.account_id = :account
                order by l.starts_on > :today desc,
                    l.starts_on <= :today and (l.ends_on is null or l.ends_on > :today) desc,
                    l.starts_on desc, l.id
                limit :limit
                """)
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
                        (Boolean) row.getObject("auto_renew")))
                .list();
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

    private static @org.jspecify.annotations.Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }
}
