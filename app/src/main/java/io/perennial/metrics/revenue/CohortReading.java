package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Reason;
import io.perennial.metrics.revenue.Cohorts.Cell;
import io.perennial.metrics.revenue.Cohorts.Cohort;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is left of customers after a year, by the month of their first revenue: the total is weighed by the size of the cohorts
 * that have reached that age, never a mean of rates.
 */
final class CohortReading implements Reading {

    static final String CUSTOMERS = "survivors";
    static final String REVENUE = "revenue_weighted";

    private static final int YEAR = 12;
    private static final int TWO_YEARS_OF_DAYS = 730;
    private static final Reason NO_COHORT = new Reason("NO_COHORT", "No cohort has reached twelve months.");
    private static final Reason SEVERAL = new Reason(
            "SEVERAL_CURRENCIES", "Revenue is in several currencies, and there are no exchange rates between them.");

    private final Cohorts cohorts;

    CohortReading(Cohorts cohorts) {
        this.cohorts = cohorts;
    }

    @Override
    public Answer read(Question question) {
        boolean revenue = question.definition().id().equals(REVENUE);
        List<Cohort> found = cohorts.read(question.by(null), Cohorts.MOST_MONTHS);
        Figure total = left(found, YEAR, revenue);
        for (int age = 1; age <= Cohorts.MOST_MONTHS; age++) {
            BigDecimal rate = left(found, age, revenue).value();
            if (rate != null) {
                total = total.with("month_" + age, rate);
            }
        }
        if (question.by() == null) {
            return Answer.of(total);
        }
        return new Answer(
                total,
                found.stream()
                        .map(cohort -> new Answer.Group(
                                cohort.month().toString(),
                                cohort.month().toString(),
                                left(List.of(cohort), YEAR, revenue)))
                        .toList(),
                0);
    }

    /** Over cohorts that reached this age. */
    static Figure left(List<Cohort> cohorts, int age, boolean revenue) {
        BigDecimal start = BigDecimal.ZERO;
        BigDecimal left = BigDecimal.ZERO;
        long customers = 0;
        for (Cohort cohort : cohorts) {
            if (cohort.cells().size() > age) {
                BigDecimal first = amount(cohort.start(), revenue);
                BigDecimal now = amount(cohort.cells().get(age), revenue);
                if (first == null || now == null) {
                    return Figure.none(SEVERAL);
                }
                start = start.add(first);
                left = left.add(now);
                customers += cohort.start().customers();
            }
        }
        return (start.signum() == 0 ? Figure.none(NO_COHORT) : Figure.of(Exact.percent(left, start)))
                .from(left, start)
                .sampled(customers);
    }

    private static @Nullable BigDecimal amount(Cell cell, boolean revenue) {
        return revenue ? cell.money() : BigDecimal.valueOf(cell.customers());
    }

    @Override
    public Set<String> definitions() {
        return Set.of(CUSTOMERS, REVENUE);
    }

    /** By the month of first revenue. */
    @Override
    public Set<Dimension> dimensions() {
        return Set.of(Dimension.MONTH);
    }

    @Override
    public int usualDays() {
        return TWO_YEARS_OF_DAYS;
    }

    @Override
    public String sql(Question question) {
        return cohorts.sql(question);
    }
}
