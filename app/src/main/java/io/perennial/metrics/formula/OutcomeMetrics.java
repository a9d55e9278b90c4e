package io.perennial.metrics.formula;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;
import static io.perennial.metrics.Input.number;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Input.Kind;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** What customers reach and get back: first value, success plans, return; from numbers. Plans are also read live. */
@Component
public class OutcomeMetrics implements MetricSource {

    @Override
    public List<Metric> metrics() {
        return List.of(firstValue());
    }

    private static Metric firstValue() {
        return Metric.of("time_to_first_value", "Time to first value", Area.ADOPTION, Unit.DAYS)
                .asks("How long until a new customer has something of it?")
                .formula("Median of the days from the start of the contract to the first value, by Kaplan and Meier.")
                .counts("Customers who got there", "Customers who started in the period")
                .leavesOut("Nobody: who still waits counts as long as the wait has been.")
                .better(Direction.DOWN)
                .from("contracts, usage")
                .ofOpinions()
                .definition("days", "From days", "Kaplan and Meier, or only those who got there, which is too short.")
                .form(
                        Waiting::compute,
                        Input.of(
                                "time_status",
                                Kind.ROWS,
                                "Days, and 1 when reached then or 0 when still waiting.",
                                "[[5, 1], [12, 1], [20, 0], [31, 1], [40, 0]]"),
                        Input.choice("method", "Over whom.", "kaplan_meier", "achievers"))
                .done();
    }

    public static Metric.Draft roi() {
        Input rate = amount("rate", "Discount rate, 0.1 for 10 %.", "0.1");
        return Metric.of("roi", "Return on investment", Area.PROFITABILITY, Unit.PERCENT)
                .asks("What does the customer get for what they pay?")
                .formula("(present value of benefits − of costs) ÷ of costs; first flow now, later ones at year ends.")
                .counts("Present value of benefits less costs", "Present value of costs")
                .from("success, contracts")
                .definition("discounted", "Discounted", "Flows of later years count less.")
                .form(
                        OutcomeMetrics::returned,
                        Input.of("costs", Kind.NUMBERS, "Each year.", "[53150, 666715]"),
                        Input.of("benefits", Kind.NUMBERS, "Each year.", "[0, 1606511]"),
                        rate)
                .definition("simple", "Without discounting", "(benefits − costs) ÷ costs of all years together.")
                .form(
                        in -> back(in.amount("total_benefits"), in.amount("total_costs")),
                        amount("total_benefits", "Over all years.", "3000000"),
                        amount("total_costs", "Over all years.", "900000"))
                .definition(
                        "payback", "Payback", "Months until benefits, spread evenly over each year, pay for the costs.")
                .form(
                        OutcomeMetrics::payback,
                        Input.of(
                                "yearly_costs", Kind.NUMBERS, "At the start, then each year.", "[50000, 10000, 10000]"),
                        Input.of("yearly_benefits", Kind.NUMBERS, "At the start, then each year.", "[0, 40000, 60000]"))
                .definition("present_value", "Present value", "Of one row of flows, as money.")
                .form(
                        in -> Figure.of(presentValue(in, "flows")),
                        Input.of("flows", Kind.NUMBERS, "Each year.", "[0, 1606511, 3061331]"),
                        rate,
                        Input.choice("first_flow", "When the first flow is.", "time 0"));
    }

    private static Figure returned(Inputs in) {
        BigDecimal costs = presentValue(in, "costs");
        BigDecimal benefits = presentValue(in, "benefits");
        if (costs.signum() <= 0) {
            return Figure.none("NO_COST", "Without cost there is no return on it.");
        }
        BigDecimal net = benefits.subtract(costs);
        return Figure.share(net, costs, new Reason("NO_COST", ""))
                .with("npv", net)
                .with("pv_costs", costs)
                .with("pv_benefits", benefits);
    }

    private static Figure back(BigDecimal benefits, BigDecimal costs) {
        return costs.signum() <= 0
                ? Figure.none("NO_COST", "Without cost there is no return on it.")
                : Figure.share(benefits.subtract(costs), costs, new Reason("NO_COST", ""));
    }

    private static Figure payback(Inputs in) {
        List<BigDecimal> costs = in.numbers("yearly_costs");
        List<BigDecimal> benefits = in.numbers("yearly_benefits");
        if (costs.size() != benefits.size() || costs.isEmpty()) {
            throw in.wrong("yearly_benefits", "other_length", "There are as many years of benefits as of costs.");
        }
        BigDecimal balance = benefits.getFirst().subtract(costs.getFirst());
        if (balance.signum() >= 0) {
            return Figure.of(BigDecimal.ZERO).with("months", BigDecimal.ZERO);
        }
        for (int year = 1; year < costs.size(); year++) {
            BigDecimal net = benefits.get(year).subtract(costs.get(year));
            if (balance.add(net).signum() >= 0) {
                BigDecimal months = BigDecimal.valueOf(12L * (year - 1))
                        .add(Exact.divide(balance.negate().multiply(BigDecimal.valueOf(12)), net));
                return Figure.of(months).with("months", months);
            }
            balance = balance.add(net);
        }
        return Figure.none("NOT_PAID_BACK", "Within these years the benefits do not pay for the costs.");
    }

    private static BigDecimal presentValue(Inputs in, String flows) {
        BigDecimal growth = BigDecimal.ONE.add(in.amount("rate"));
        BigDecimal factor = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal flow : in.numbers(flows)) {
            sum = sum.add(Exact.divide(flow, factor));
            factor = factor.multiply(growth, Exact.DIGITS);
        }
        return sum;
    }

    public static Metric.Draft realisation() {
        return Metric.of("success_plan_realisation", "Success plan realised", Area.SUCCESS, Unit.PERCENT)
                .asks("Do customers meet their business goals?")
                .formula("Sum of weight × attainment ÷ sum of weights over due objectives; attainment between 0 and 1.")
                .leavesOut("Objectives not due yet.")
                .from("success")
                .definition("weighted", "Weighted attainment", "(actual − baseline) ÷ (target − baseline), 0 to 1.")
                .form(
                        OutcomeMetrics::attained,
                        Input.of(
                                "objectives",
                                Kind.ROWS,
                                "weight, baseline, target, actual.",
                                "[[1, 0, 100, 50], [2, 10, 20, 20]]"))
                .definition("completed", "Completed objectives", "Completed ÷ due, each objective counts the same.")
                .form(
                        Shares.of("completed", "due", "NO_DUE_OBJECTIVES", "No objective is due."),
                        count("completed", "Objectives reached.", "6"),
                        count("due", "Objectives due.", "8"))
                .definition(
                        "goal_attainment_scaling",
                        "Goal attainment scaling",
                        "T-score of levels −2 to +2; 50 is as expected. In points, not percent.")
                .form(
                        OutcomeMetrics::scaled,
                        Input.of("weights", Kind.NUMBERS, "Of each goal.", "[1, 2, 3]"),
                        Input.of("levels", Kind.NUMBERS, "−2 to 2 for each goal.", "[1, 0, -1]"),
                        number("rho", "Correlation between goals.", "0.3").optional());
    }

    private static Figure attained(Inputs in) {
        BigDecimal weights = BigDecimal.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        for (Inputs row : in.rows("objectives", "weight", "baseline", "target", "actual")) {
            BigDecimal way = row.number("target").subtract(row.number("baseline"));
            BigDecimal gone = row.number("actual").subtract(row.number("baseline"));
            BigDecimal share = way.signum() == 0
                    ? gone.signum() >= 0 ? BigDecimal.ONE : BigDecimal.ZERO
                    : Exact.divide(gone, way).max(BigDecimal.ZERO).min(BigDecimal.ONE);
            weights = weights.add(row.amount("weight"));
            sum = sum.add(row.amount("weight").multiply(share));
        }
        return Figure.share(sum, weights, new Reason("NO_DUE_OBJECTIVES", "No objective is due."));
    }

    private static Figure scaled(Inputs in) {
        double[] weights = in.doubles("weights");
        double[] levels = in.doubles("levels");
        if (weights.length != levels.length) {
            throw in.wrong("levels", "other_length", "There are as many levels as weights.");
        }
        double rho = in.number("rho", new BigDecimal("0.3")).doubleValue();
        double sum = 0;
        double squares = 0;
        double all = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * levels[i];
            squares += weights[i] * weights[i];
            all += weights[i];
        }
        double spread = (1 - rho) * squares + rho * all * all;
        return spread <= 0
                ? Figure.none("NO_DUE_OBJECTIVES", "No objective is due.")
                : Figure.of(BigDecimal.valueOf(50 + 10 * sum / Math.sqrt(spread)));
    }

    public static Metric.Draft plans() {
        return Metric.of("success_plan_rate", "Success plans that succeeded", Area.SUCCESS, Unit.PERCENT)
                .asks("How many success plans reach what was agreed?")
                .formula("Plans realised by at least the threshold (80 % unless said otherwise) ÷ plans closed.")
                .counts("Closed plans realised enough", "Closed plans")
                .leavesOut("Plans that are still open.")
                .from("success")
                .definition("from_realisations", "From realisations", "Percent realised of each closed plan.")
                .form(
                        OutcomeMetrics::succeeded,
                        Input.of("realised", Kind.NUMBERS, "Percent of each closed plan.", "[100, 85, 40, 90]"),
                        number("threshold", "Percent from which a plan succeeded.", "80")
                                .optional())
                .definition("from_counts", "From counts", "Plans that succeeded and plans closed.")
                .form(
                        Shares.of("succeeded", "closed", "NO_CLOSED_PLANS", "No plan was closed."),
                        count("succeeded", "Plans realised enough.", "41"),
                        count("closed", "Plans closed.", "50"));
    }

    private static Figure succeeded(Inputs in) {
        BigDecimal threshold = in.number("threshold", BigDecimal.valueOf(80));
        List<BigDecimal> realised = in.numbers("realised");
        long enough = realised.stream()
                .filter(percent -> percent.compareTo(threshold) >= 0)
                .count();
        return Figure.share(
                        BigDecimal.valueOf(enough),
                        BigDecimal.valueOf(realised.size()),
                        new Reason("NO_CLOSED_PLANS", "No plan was closed."))
                .sampled(realised.size());
    }
}
