package io.perennial.metrics.formula;

import static io.perennial.metrics.Input.count;
import static io.perennial.metrics.Input.number;

import io.perennial.metrics.Area;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Input.Kind;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Interval;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.math3.special.Beta;
import org.springframework.stereotype.Component;

/** How long customers stay: cohorts, survival, and what a model says of the years to come. */
@Component
class CohortMetrics implements MetricSource {

    private static final Reason NO_COHORT = new Reason("NO_COHORT", "No cohort has reached this period.");

    @Override
    public List<Metric> metrics() {
        return List.of(cohorts(), survival(), lifetime(), model());
    }

    private static Metric cohorts() {
        return Metric.of("cohort_retention", "Cohort retention", Area.RETENTION, Unit.PERCENT)
                .asks("How long do customers stay?")
                .formula("What is left of a cohort ÷ the cohort at its start; several weighted by their size.")
                .counts("Left", "At the start")
                .leavesOut("Cohorts that have not reached the period: empty, not zero.")
                .from("contracts")
                .definition("survivors", "Survivors", "Customers of one cohort, year by year.")
                .form(
                        CohortMetrics::survivors,
                        Input.of("survivors", Kind.NUMBERS, "At the start and after each period.", "[1000, 869, 743]"),
                        Input.text("measure", "What is looked for, for people.", "survival")
                                .optional())
                .definition("revenue_weighted", "By revenue", "Percent left of each cohort, weighted by revenue.")
                .form(
                        CohortMetrics::weighted,
                        Input.of(
                                "cohorts",
                                Kind.ROWS,
                                "initial_mrr, month_k_pct.",
                                "[{\"initial_mrr\": 54701, \"month_k_pct\": 98}]"),
                        count("month", "Which month, for people.", "1").optional())
                .done();
    }

    private static Figure survivors(Inputs in) {
        List<BigDecimal> left = in.numbers("survivors");
        if (left.size() < 2 || left.getFirst().signum() <= 0) {
            return Figure.none(NO_COHORT);
        }
        BigDecimal before = left.get(left.size() - 2);
        Figure figure = Figure.share(left.getLast(), left.getFirst(), NO_COHORT)
                .with("survival", Exact.percent(left.getLast(), left.getFirst()));
        return before.signum() == 0 ? figure : figure.with("retention", Exact.percent(left.getLast(), before));
    }

    private static Figure weighted(Inputs in) {
        BigDecimal start = BigDecimal.ZERO;
        BigDecimal left = BigDecimal.ZERO;
        for (Inputs row : in.rows("cohorts", "initial_mrr", "month_k_pct")) {
            start = start.add(row.amount("initial_mrr"));
            left = left.add(Exact.divide(row.amount("initial_mrr").multiply(row.amount("month_k_pct")), Exact.HUNDRED));
        }
        return Figure.share(left, start, NO_COHORT);
    }

    private static Metric survival() {
        return Metric.of("survival", "Survival", Area.RETENTION, Unit.SHARE)
                .asks("What is the chance that a customer stays so long?")
                .formula(
                        "Kaplan and Meier: the product of (1 − lost ÷ at risk); those still here count as long as known.")
                .from("contracts")
                .form(
                        CohortMetrics::survived,
                        Input.of(
                                "time_status",
                                Kind.ROWS,
                                "Time, and 1 when lost then or 0 when still here.",
                                "[[9, 1], [13, 1], [13, 0]]"),
                        number("at", "Until which time.", "9"),
                        Input.choice("conf", "How the interval is computed.", "log"))
                .done();
    }

    private static Figure survived(Inputs in) {
        List<KaplanMeier.Step> steps = steps(in);
        if (steps.isEmpty()) {
            return Figure.none(NO_COHORT);
        }
        KaplanMeier.Point point = KaplanMeier.of(steps).upTo(in.amount("at").doubleValue());
        BigDecimal left = BigDecimal.valueOf(point.left());
        Figure figure = Figure.of(left)
                .with("survival", left)
                .with("n_risk", BigDecimal.valueOf(point.step().atRisk()))
                .with("n_event", BigDecimal.valueOf(point.step().lost()))
                .sampled(steps.getFirst().atRisk());
        Interval interval = point.interval();
        return interval == null
                ? figure
                : figure.with("std_err", BigDecimal.valueOf(point.error()))
                        .with("lower", interval.from())
                        .with("upper", interval.to())
                        .within(interval);
    }

    /** Each moment once, the earliest first. */
    private static List<KaplanMeier.Step> steps(Inputs in) {
        TreeMap<Double, long[]> moments = new TreeMap<>();
        List<Inputs> rows = in.rows("time_status", "time", "status");
        for (Inputs row : rows) {
            long[] moment = moments.computeIfAbsent(row.amount("time").doubleValue(), time -> new long[2]);
            moment[0]++;
            moment[1] += row.count("status") == 1 ? 1 : 0;
        }
        List<KaplanMeier.Step> steps = new ArrayList<>();
        long[] atRisk = {rows.size()};
        moments.forEach((time, moment) -> {
            steps.add(new KaplanMeier.Step(time, atRisk[0], moment[1]));
            atRisk[0] -= moment[0];
        });
        return steps;
    }

    private static Metric lifetime() {
        Input rows = Input.of(
                "time_status",
                Kind.ROWS,
                "Months, and 1 when lost then or 0 when still here.",
                "[[9, 1], [13, 1], [13, 0]]");
        return Metric.of("customer_lifetime", "Customer lifetime", Area.RETENTION, Unit.MONTHS)
                .asks("How long does a customer stay?")
                .formula(
                        "The time after which half are left, by Kaplan and Meier: those still here count as long as known.")
                .leavesOut("Nobody: who is still here has not stayed its whole time yet, and is counted as such.")
                .from("contracts")
                .definition("median", "Median", "When half are left. No value while more than half are.")
                .form(in -> Worth.median(KaplanMeier.of(steps(in))), rows)
                .definition(
                        "observed_mean",
                        "Mean within what was observed",
                        "The area under the survival curve, five years at most: a lower bound while customers are left.")
                .form(in -> Worth.mean(KaplanMeier.of(steps(in))), rows)
                .definition("from_churn", "By churn", "1 ÷ churn of a month, if that stayed so for good.")
                .form(
                        in -> Worth.months(in.amount("monthly_churn")),
                        number("monthly_churn", "Churn of a month in percent.", "2.5"))
                .done();
    }

    private static Metric model() {
        return Metric.of("sbg_model", "Projected survival", Area.RETENTION, Unit.PERCENT)
                .asks("How many customers will be left in some years?")
                .formula("Shifted beta-geometric model: B(α, β + t) ÷ B(α, β). A model, nothing observed.")
                .from("numbers sent")
                .form(
                        in -> {
                            double alpha = positive(in, "alpha");
                            double beta = positive(in, "beta");
                            double log = Beta.logBeta(alpha, beta + in.count("t")) - Beta.logBeta(alpha, beta);
                            return Figure.of(BigDecimal.valueOf(100 * Math.exp(log)));
                        },
                        number("alpha", "First parameter.", "0.668"),
                        number("beta", "Second parameter.", "3.806"),
                        count("t", "Years.", "12"),
                        number("observed", "For comparison.", "394").optional())
                .done();
    }

    private static double positive(Inputs in, String name) {
        double number = in.number(name).doubleValue();
        if (!(number > 0)) {
            throw in.wrong(name, "out_of_range", "This is above zero.");
        }
        return number;
    }
}
