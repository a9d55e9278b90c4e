package io.perennial.metrics.formula;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Input.Kind;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How revenue moves: from where it comes and where it goes. */
@Component
class MovementMetrics implements MetricSource {

    private static final String CONTRACTS = "contracts";

    @Override
    public List<Metric> metrics() {
        return List.of(movements(), quickRatio(), within());
    }

    private static Metric movements() {
        return Metric.of("mrr_movements", "Movements of recurring revenue", Area.RETENTION, Unit.MONEY)
                .asks("From which customers does the change of recurring revenue come?")
                .formula(
                        "Netted per customer: new (never paid before), reactivation (had left), expansion, contraction,"
                                + " churn (to nothing). Start + movements = end, exactly.")
                .counts("", "Customers whose revenue moved")
                .leavesOut("What is bought once, and use that nobody committed to.")
                .from(CONTRACTS)
                .definition("standard", "Netted per customer", "A second subscription of a customer is expansion.")
                .form(
                        MovementMetrics::netted,
                        Input.of(
                                "customers",
                                Kind.ROWS,
                                "start, end, and before: true when one without revenue at the start had paid earlier.",
                                "[{\"start\": 100, \"end\": 160}, {\"start\": 0, \"end\": 50, \"before\": true}]"))
                .done();
    }

    private static Figure netted(Inputs in) {
        Map<String, BigDecimal> movements = new LinkedHashMap<>();
        for (String movement : List.of("new", "reactivation", "expansion", "contraction", "churn")) {
            movements.put(movement, BigDecimal.ZERO);
        }
        BigDecimal start = BigDecimal.ZERO;
        BigDecimal end = BigDecimal.ZERO;
        for (Inputs row : in.rows("customers", "start", "end", "before")) {
            BigDecimal before = row.amount("start");
            BigDecimal after = row.amount("end");
            start = start.add(before);
            end = end.add(after);
            if (before.compareTo(after) != 0) {
                movements.merge(kind(before, after, row.flag("before")), after.subtract(before), BigDecimal::add);
            }
        }
        Figure figure = Figure.of(end.subtract(start)).with("start", start).with("end", end);
        for (Map.Entry<String, BigDecimal> movement : movements.entrySet()) {
            figure = figure.with(movement.getKey(), movement.getValue());
        }
        return figure;
    }

    private static String kind(BigDecimal before, BigDecimal after, boolean paidBefore) {
        if (before.signum() == 0) {
            return paidBefore ? "reactivation" : "new";
        }
        return after.signum() == 0 ? "churn" : after.compareTo(before) > 0 ? "expansion" : "contraction";
    }

    private static Metric quickRatio() {
        return Metric.of("quick_ratio", "Quick ratio", Area.RETENTION, Unit.RATIO)
                .asks("How much revenue comes in for each unit that goes out?")
                .formula("(new + reactivation + expansion) ÷ (contraction + churn).")
                .counts("Revenue gained", "Revenue lost")
                .from(CONTRACTS)
                .form(
                        in -> Retained.quick(
                                in.orZero("new").add(in.orZero("reactivation")).add(in.orZero("expansion")),
                                in.orZero("contraction").add(in.orZero("churn"))),
                        amount("new", "Of new customers.", "20000").optional(),
                        amount("reactivation", "Of those who came back.", "0").optional(),
                        amount("expansion", "More.", "15000").optional(),
                        amount("contraction", "Less.", "5000").optional(),
                        amount("churn", "Of those who left.", "8000").optional())
                .done();
    }

    private static Metric within() {
        return Metric.of("in_period_churn", "Came and left within the period", Area.RETENTION, Unit.PERCENT)
                .asks("How many customers come and leave before anybody counts them?")
                .formula("Customers who came and left between both days ÷ customers who came between them.")
                .counts("Came and left", "Came in the period")
                .leavesOut("Customers who had been there before. Retention leaves all of these out.")
                .better(Direction.DOWN)
                .from(CONTRACTS)
                .form(
                        in -> Figure.share(
                                Shares.part(in, "left", "came"),
                                in.amount("came"),
                                new Reason("NO_NEW_CUSTOMERS", "No customer came in the period.")),
                        count("left", "Came and left.", "3"),
                        count("came", "Came.", "40"))
                .done();
    }
}
