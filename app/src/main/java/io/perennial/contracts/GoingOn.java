package io.perennial.contracts;

import io.perennial.identity.Viewer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lines that renew themselves and went on past the end that is written, because no fact says otherwise. */
@Component
public class GoingOn {

    private final JdbcClient database;

    GoingOn(JdbcClient database) {
        this.database = database;
    }

    /** What rests on silence in one currency: lines, their customers, and a year's revenue of them. */
    public record Unconfirmed(String currency, long lines, long customers, BigDecimal annual) {}

    /** On a day, of the customers that the viewer sees; most revenue first. */
    public List<Unconfirmed> running(LocalDate day, Viewer viewer) {
        return database.sql("""
                select g.currency, count(*) as lines, count(distinct g.account_id) as customers,
                    sum(contracts.price_of(row(g.*)::contracts.going_on, :day)) as annual
                from contracts.goes_on g join accounts.account a on a.id = g.account_id
                where g.ends_on <= :day and g.runs_until > :day and (:everything or a.owner_id = :me)
                group by 1 order by 4 desc, 1
                """)
                .param("day", day)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Unconfirmed(
                        row.getString("currency"),
                        row.getLong("lines"),
                        row.getLong("customers"),
                        row.getBigDecimal("annual")))
                .list();
    }
}
