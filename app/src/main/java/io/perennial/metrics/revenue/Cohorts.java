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

    /** What is left of each of these customers at each age that all of their cohort have reached. */
    private static final String CELLS = """
            select to_char(p.first_on, 'YYYY-MM') as cohort, k.age, p.account_id, p.several,
                coalesce(w.own, p.currency) as currency,
                case when p.known[d.i] <= :today or p.annual[d.i] = 0 then null
                    when w.units is null then p.annual[d.i] else p.annual[d.i] / w.units end as annual
            from contracts.path p
            join accounts.account a on a.id = p.account_id
            cross join generate_series(0, :months) k (age)
            cross join lateral (
                select width_bucket((p.first_on + k.age * interval '1 month')::date, p.days) as i offset 0) d
            left join (
                select r.currency, r.units, own.currency as own
                from contracts.exchange_rate own join contracts.exchange_rate r on own.own) w on w.currency = p.currency
            where p.first_on >= :from and p.first_on < :until%s
              and date_trunc('month', p.first_on::timestamp) + (k.age + 1) * interval '1 month' <= cast(:today as date) + 1""";

    /** Customers one by one. */
    private static final String SELECT = """
            select c.cohort, c.age, c.currency, grouping(c.currency) = 1 as whole,
                count(c.annual) filter (where not c.several)
                    + count(distinct c.account_id) filter (where c.several and c.annual is not null) as customers,
                sum(c.annual) as annual
            from (
                %s
            ) c
            group by grouping sets ((c.cohort, c.age), (c.cohort, c.age, c.currency))
            order by c.cohort, c.age, whole desc""";

    /** Whole cohorts of the company from sums that are kept, and one by one only those customers whom they do not hold as they are. */
    private static final String KEPT = """
            with moved as (
                select k.cohort, k.age, k.currency, k.customers, k.amount
                from contracts.revenue_cohort k where k.cohort >= :from and k.cohort < :until
                union all
                select o.cohort, o.age, o.currency, -o.customers, -o.amount
                from contracts.cohort_moves(array(select contracts.apart()), '9999-12-30') o
                where o.cohort >= :from and o.cohort < :until
            ), summed as (
                select m.cohort, m.age, m.currency, sum(m.customers) as customers, sum(m.amount) as amount
                from moved m group by 1, 2, 3
            ), standing as (
                select to_char(s.cohort, 'YYYY-MM') as cohort, s.age, coalesce(w.own, s.currency) as currency, s.customers,
                    case when w.units is null then s.amount else s.amount / w.units end as annual
                from (
                    select c.cohort, c.currency, k.age, sum(m.customers) over so_far as customers, sum(m.amount) over so_far as amount
                    from (
                        select m.cohort, m.currency from summed m
                        group by 1, 2 having bool_or(m.customers <> 0 or m.amount <> 0)) c
                    cross join generate_series(0, :months) k (age)
                    left join summed m on m.cohort = c.cohort and m.currency = c.currency and m.age = k.age
                    window so_far as (partition by c.cohort, c.currency order by k.age)
                ) s
                left join (
                    select r.currency, r.units, own.currency as own
                    from contracts.exchange_rate own join contracts.exchange_rate r on own.own) w on w.currency = s.currency
                where s.cohort + (s.age + 1) * interval '1 month' <= cast(:today as date) + 1
            ), lapsed as ( -- may still renew: the sums hold them as lost
                select to_char(l.first_on, 'YYYY-MM') as cohort, k.age, coalesce(w.own, l.currency) as currency,
                    case when w.units is null then l.annual else l.annual / w.units end as annual
                from contracts.revenue_level l
                join generate_series(0, :months) k (age)
                    on (l.first_on + k.age * interval '1 month')::date >= l.from_day
                    and (l.first_on + k.age * interval '1 month')::date < l.until_day
                left join (
                    select r.currency, r.units, own.currency as own
                    from contracts.exchange_rate own join contracts.exchange_rate r on own.own) w on w.currency = l.currency
                where l.state = 'lapsed' and l.until_day > :today and l.from_day <= :today
                  and l.first_on >= :from and l.first_on < :until
                  and l.account_id not in (select contracts.apart())
                  and date_trunc('month', l.first_on::timestamp) + (k.age + 1) * interval '1 month' <= cast(:today as date) + 1
            ), alone as (
                %s
            )
            select e.cohort, e.age, e.currency, e.whole, sum(e.customers) as customers, nullif(sum(e.annual), 0) as annual
            from (
                select s.cohort, s.age, s.currency, grouping(s.currency) = 1 as whole, sum(s.customers) as customers,
                    sum(s.annual) as annual
                from standing s group by grouping sets ((s.cohort, s.age), (s.cohort, s.age, s.currency))
                union all
                select c.cohort, c.age, c.currency, grouping(c.currency) = 1,
                    count(distinct c.account_id) filter (where c.annual is not null), sum(c.annual)
                from alone c group by grouping sets ((c.cohort, c.age), (c.cohort, c.age, c.currency))
                union all
                select c.cohort, c.age, c.currency, grouping(c.currency) = 1, count(*), sum(c.annual)
                from lapsed c group by grouping sets ((c.cohort, c.age), (c.cohort, c.age, c.currency))
            ) e
            group by 1, 2, 3, 4
            having e.whole or sum(e.customers) > 0
            order by 1, 2, 4 desc""";

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
        } else if (currency != null && row.getBigDecimal("annual") != null) {
            cells.getLast().annual().put(currency, row.getBigDecimal("annual"));
        }
    }

    String sql(Question question) {
        return wholeMonths(question)
                ? KEPT.formatted(CELLS.formatted(" and p.account_id in (select contracts.apart())")
                        .indent(4)
                        .strip())
                : SELECT.formatted(CELLS.formatted(question.owner() == null ? "" : " and a.owner_id = :owner")
                        .indent(4)
                        .strip());
    }

    private static boolean wholeMonths(Question question) {
        return question.owner() == null
                && question.from().getDayOfMonth() == 1
                && (question.until().getDayOfMonth() == 1
                        || question.until().isAfter(LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC)));
    }
}
