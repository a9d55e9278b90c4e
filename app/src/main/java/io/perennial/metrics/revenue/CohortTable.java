package io.perennial.metrics.revenue;

import io.perennial.metrics.Figure;
import io.perennial.metrics.revenue.Cohorts.Cohort;
import java.util.List;

/** The cells of a table of cohorts. */
public final class CohortTable {

    private CohortTable() {}

    /**
     * What is left of these cohorts together at an age, of those that have reached it.
     *
     * @param revenue whether revenue is weighed, and not customers counted
     */
    public static Figure left(List<Cohort> cohorts, int age, boolean revenue) {
        return CohortReading.left(cohorts, age, revenue);
    }
}
