package io.perennial.metrics.service;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Input;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Shares;
import io.perennial.metrics.formula.Support;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How much of the help was needed because the product has defects. */
@Component
class DefectMetrics implements MetricSource {

    private final CaseReadings cases;

    DefectMetrics(CaseReadings cases) {
        this.cases = cases;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(defects(), defectCost());
    }

    private Metric defects() {
        return Metric.of("defect_rate", "Defect rate", Area.DEFECTS, Unit.PERCENT)
                .asks("What percent of all customer reported issues are directly attributed to product defects?")
                .formula("Solved cases caused by a product defect ÷ solved cases whose cause is known.")
                .counts("Cause is a product defect", "Cases solved in the period, with a cause")
                .leavesOut("Cases without cause, shown beside. Several cases of one defect each count.")
                .better(Direction.DOWN)
                .from("cases")
                .definition("by_solution", "By day of solution", "Cases solved in the period.")
                .form(
                        Shares.of("defect", "total", "NOT_CLASSIFIED", "No case says why it came up."),
                        count("defect", "Caused by defects.", "6"),
                        count("total", "With a cause.", "20"))
                .definition("by_opening", "By day of opening", "Cases opened in the period.")
                .reads(new CaseMetric(
                        cases, Map.of("by_solution", CaseSpecs.DEFECTS, "by_opening", CaseSpecs.DEFECTS_OF_OPENED)))
                .done();
    }

    private static Metric defectCost() {
        Input engineering =
                amount("engineering", "What engineering spent.", "0").optional();
        Input credits = amount("credits", "What was credited.", "0").optional();
        Input total =
                amount("total_service_cost", "To show it as a share.", "20000").optional();
        return Metric.of("defect_handling_cost", "Cost of handling defects", Area.DEFECTS, Unit.MONEY)
                .asks("What is the total cost to handle defect related issues?")
                .formula("Time of those who worked on defects × their rate + engineering + credits.")
                .better(Direction.DOWN)
                .from("cases")
                .form(
                        Support::defectCost,
                        amount("person_days", "Days of people.", "3.2"),
                        amount("cost_per_person_day", "Of one day.", "500"),
                        engineering,
                        credits,
                        total)
                .form(
                        Support::defectCost,
                        amount("minutes", "Minutes of people.", "1536"),
                        amount("rate_per_hour", "Of one hour.", "62.5"),
                        engineering,
                        credits,
                        total)
                .done();
    }
}
