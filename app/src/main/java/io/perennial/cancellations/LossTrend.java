package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Losses by month and reason, and what they are held against. */
@Component
@Transactional(readOnly = true)
public class LossTrend {

    private final JdbcClient database;

    LossTrend(JdbcClient database) {
        this.database = database;
    }

    /** Customers lost of one month and group of reasons. */
    public record Moment(String month, Family family, long customers) {}

    /** Months in their order; those without a loss are not there. */
    public List<Moment> months(LossQuestion question) {
        return asked(
                        "select %s as month, %s as family, count(distinct l.account_id) as customers %s %s group by 1, 2 order by 1, 2"
                                .formatted(
                                        LossCut.MONTH.sql(),
                                        LossCut.FAMILY.sql(),
                                        Losses.BASE,
                                        Losses.where(question.only(null, ""))),
                        question)
                .query((row, number) -> new Moment(
                        row.getString("month"), Family.valueOf(row.getString("family")), row.getLong("customers")))
                .list();
    }

    /** Customers with recurring revenue as the period begins, by segment. */
    public Map<String, Long> atStart(LossQuestion question) {
        Map<String, Long> segments = new HashMap<>();
        asked("""
                select coalesce(a.segment, '') as segment, count(*) as customers
                from contracts.revenue_movements(cast(:from as date) - 1, cast(:from as date) - 1, :today, true) m
                join accounts.account a on a.id = m.account_id
                where m.leads and m.live_started and (cast(:owner as uuid) is null or a.owner_id = :owner)
                group by 1
                """, question).query(row -> {
            segments.put(row.getString("segment"), row.getLong("customers"));
        });
        return segments;
    }

    private JdbcClient.StatementSpec asked(String sql, LossQuestion question) {
        return database.sql(sql)
                .param("from", question.from())
                .param("until", question.until())
                .param("today", question.today())
                .param("owner", question.owner());
    }
}
