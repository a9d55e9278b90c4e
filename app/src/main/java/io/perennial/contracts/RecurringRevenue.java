package io.perennial.contracts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Recurring revenue on a day and between two days: the lines with {@code starts_on <= day < ends_on}, open ones
 * included, each at what it is worth in a year. Discounts are already in the amounts; perpetual licences and usage
 * are left out. Currencies are never added together. An account whose lines sum below zero counts as without revenue.
 */
@Component
public class RecurringRevenue {

    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

    private final JdbcClient database;

    RecurringRevenue(JdbcClient database) {
        this.database = database;
    }

    /** A twelfth, to 34 digits; rounded for display only. */
    public static BigDecimal monthly(BigDecimal annual) {
        return annual.divide(MONTHS, MathContext.DECIMAL128);
    }

    /** Per currency, largest first; empty when nothing runs. */
    public List<Revenue> on(LocalDate day) {
        return database.sql("""
                select currency, sum(lines)::int as lines, count(*)::int as accounts,
                       (count(*) filter (where annual > 0))::int as paying_accounts,
                       sum(greatest(annual, 0)) as annual
                from (
                    select account_id, currency, count(*) as lines,
                        sum(contracts.annual_on(annual, escalator, starts_on, :day)) as annual
                    from contracts.contract_line
                    where starts_on <= :day and (ends_on is null or ends_on > :day)
                    group by 1, 2
                ) by_account
                group by currency
                order by 5 desc, 1
                """)
                .param("day", day)
                .query((row, number) -> new Revenue(
                        row.getString("currency"),
                        row.getInt("lines"),
                        row.getInt("accounts"),
                        row.getInt("paying_accounts"),
                        row.getBigDecimal("annual")))
                .list();
    }

    /** Per currency, largest start first; both days as at their beginning. */
    public List<Movement> movement(LocalDate from, LocalDate to) {
        return database.sql("""
                select currency,
                       (count(*) filter (where s > 0))::int as accounts_start,
                       (count(*) filter (where s > 0 and e > 0))::int as accounts_kept,
                       (count(*) filter (where e > 0))::int as accounts_end,
                       sum(s) as start_annual,
                       sum(e) as end_annual,
                       coalesce(sum(s) filter (where s > 0 and e = 0), 0) as churned,
                       coalesce(sum(s - e) filter (where s > e and e > 0), 0) as contraction,
                       coalesce(sum(e - s) filter (where e > s and s > 0), 0) as expansion,
                       coalesce(sum(e) filter (where s = 0), 0) as arrived
                from (
                    select account_id, currency,
                           greatest(coalesce(sum(contracts.annual_on(annual, escalator, starts_on, :from)) filter (
                               where starts_on <= :from and (ends_on is null or ends_on > :from)), 0), 0) as s,
                           greatest(coalesce(sum(contracts.annual_on(annual, escalator, starts_on, :to)) filter (
                               where starts_on <= :to and (ends_on is null or ends_on > :to)), 0), 0) as e
                    from contracts.contract_line
                    where starts_on <= :to and (ends_on is null or ends_on > :from)
                    group by 1, 2
                ) by_account
                group by currency
                order by 5 desc, 1
                """)
                .param("from", from)
                .param("to", to)
                .query((row, number) -> new Movement(
                        row.getString("currency"),
                        row.getInt("accounts_start"),
                        row.getInt("accounts_kept"),
                        row.getInt("accounts_end"),
                        row.getBigDecimal("start_annual"),
                        row.getBigDecimal("end_annual"),
                        row.getBigDecimal("churned"),
                        row.getBigDecimal("contraction"),
                        row.getBigDecimal("expansion"),
                        row.getBigDecimal("arrived")))
                .list();
    }
}
