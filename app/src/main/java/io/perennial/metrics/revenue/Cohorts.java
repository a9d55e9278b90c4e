package io.perennial.metrics.revenue;

import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Customers by the month of their first revenue, and what is left of them after so many months, counted from each customer's own
 * first day. A cell that not all of the cohort has reached is empty, never zero.
 */
@Component
public class Cohorts {

    /** Months that are looked at. */
    public static final int MOST_MONTHS = 36;

    private static final String SELECT = """
            with born as (
                select r.account_id, min(r.first_on) as first_on
                from contracts.revenue r join accounts.account a on a.id = r.account_id
                where r.state = 'running'%s
                group by r.account_id having min(r.first_on) >= :from and min(r.first_on) < :until
            ), reached as (
                select b.account_id, to_char(b.first_on, 'YYYY-MM') as cohort, k.age,
                    (b.first_on + k.age * interval '1 month')::date as day
                from born b cross join generate_series(0, :months) k (age)
                where date_trunc('month', b.first_on) + (k.age + 1) * interval '1 month' <= cast(:today as date) + 1
            ), left_over as (
                select c.account_id, c.cohort, c.age, case when x.currency is null then r.currency else own.currency end as currency,
                    r.annual / coalesce(x.units, 1) as annual
                from reached c
                left join contracts.revenue r on r.account_id = c.account_id and r.from_day <= c.day and r.until_day > c.day
                    and (r.state <> 'lapsed' or r.until_day > :today)
                left join contracts.exchange_rate own on own.own
                left join contracts.exchange_rate x on x.currency = r.currency and own.currency is not null
            )
            select l.cohort, l.age, l.currency, grouping(l.currency) = 1 as whole,
                count(distinct l.account_id) filter (where l.annual is not null) as customers, sum(l.annual) as annual
            from left_over l
            group by grouping sets ((l.cohort, l.age), (l.cohort, l.age, l.currency))
            order by l.cohort, l.age, whole desc""";

    private final JdbcClient database;

    Cohorts(JdbcClient database) {
        this.database = database;
    }

    /** What is left of a cohort at an age in months. */
    public record Cell(long customers, Map<String, BigDecimal> annual) {

        /** Revenue of the only currency; null when there are several. */
        public @Nullable BigDecimal money() {
            return annual.size() > 1
                    ? null
                    : annual.values().stream().findFirst().orElse(BigDecimal.ZERO);
        }
    }

    /** @param cells by age in months, from zero; as many as all of the cohort have reached */
    public record Cohort(YearMonth month, List<Cell> cells) {

        public Cell start() {
            return cells.getFirst();
        }
    }

    /** Cohorts of the period, those without any customer left out. Ages above are not read. */
    public List<Cohort> read(Question question, int months) {
        Map<String, List<Cell>> found = new LinkedHashMap<>();
        database.sql(sql(question))
                .param("from", question.from())
                .param("until", question.until())
                .param("today", LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC))
                .param("months", Math.min(months, MOST_MONTHS))
                .param("owner", question.owner())
                .query(row -> {
                    add(row, found);
                });
        return found.entrySet().stream()
                .map(entry -> new Cohort(YearMonth.parse(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static void add(ResultSet row, Map<String, List<Cell>> found) throws SQLException {
        List<Cell> cells = found.computeIfAbsent(row.getString("cohort"), cohort -> new ArrayList<>());
        String currency = row.getString("currency");
        if (row.getBoolean("whole")) {
            cells.add(new Cell(row.getLong("customers"), new LinkedHashMap<>()));
        } else if (currency != null) {
            cells.getLast().annual().put(currency, row.getBigDecimal("annual"));
        }
    }

    String sql(Question question) {
        return SELECT.formatted(question.owner() == null ? "" : " and a.owner_id = :owner");
    }
}
