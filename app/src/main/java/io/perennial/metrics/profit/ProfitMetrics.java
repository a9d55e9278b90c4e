package io.perennial.metrics.profit;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.number;

import io.perennial.metrics.Area;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricReadings;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Unit;
import io.perennial.metrics.areas.CustomerMetric;
import io.perennial.metrics.areas.CustomerReadings;
import io.perennial.metrics.areas.CustomerSpec;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** What service costs, what it brings by itself and beside, and what more of it would bring. */
@Component
class ProfitMetrics implements MetricSource, MetricReadings {

    private static final int YEAR = 365;
    private static final String MONTHS = " A period stands for the months that begin in it.";

    private final CustomerReadings customers;
    private final RenewalByHours renewals;

    ProfitMetrics(CustomerReadings customers, RenewalByHours renewals) {
        this.customers = customers;
        this.renewals = renewals;
    }

    private CustomerMetric reading(Object... specs) {
        return new CustomerMetric(customers, YEAR, CustomerSpec.inOrder(specs), Dimension.PROGRAM);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(cost(), revenue(), indirect(), incremental(), renewal());
    }

    @Override
    public List<Answerable> readings() {
        return List.of(
                new Answerable(
                        "service_margin",
                        List.of(),
                        reading("standard", ProfitSql.margin(false))
                                .cutBy(Dimension.PROGRAM, CustomerSpec.inOrder("standard", ProfitSql.margin(true)))),
                new Answerable(
                        "defect_handling_cost",
                        List.of(),
                        new CustomerMetric(customers, 90, CustomerSpec.inOrder("standard", ProfitSql.defects()))),
                new Answerable(
                        "capacity",
                        List.of(),
                        new CustomerMetric(customers, 30, CustomerSpec.inOrder("standard", InfluenceSql.capacity()))));
    }

    private Metric cost() {
        return Metric.of("cost_to_deliver", "Cost to deliver", Area.PROFITABILITY, Unit.MONEY)
                .asks("How much does it cost to deliver services?")
                .formula(
                        "Time × what an hour costs + overhead, over cases, time entries, conversations and tasks, + cost of units"
                                + " delivered." + MONTHS)
                .counts("Cost of the work", "Customers served")
                .leavesOut(
                        "Work whose cost nobody has said, told beside. Time entries come first, then minutes on cases, then what a"
                                + " case, a conversation or a task usually takes: that part is told as an estimate.")
                .better(Direction.DOWN)
                .from("time entries, cases, engagement, programs, settings")
                .definition("total", "Total", "All of it.")
                .form(
                        in -> Figure.of(Exact.divide(
                                        in.amount("minutes").multiply(in.amount("rate_per_hour")),
                                        BigDecimal.valueOf(60))
                                .multiply(BigDecimal.ONE.add(in.orZero("overhead_share")))
                                .add(in.orZero("other"))),
                        amount("minutes", "Minutes of work.", "5400"),
                        amount("rate_per_hour", "What an hour costs.", "60"),
                        amount("overhead_share", "0.25 adds a quarter.", "0.25").optional(),
                        amount("other", "Tools, vendors, units.", "500").optional())
                .definition("per_customer", "Per customer", "÷ customers with any cost in these months.")
                .reads(reading("total", ProfitSql.cost(false), "per_customer", ProfitSql.cost(true))
                        .cutBy(
                                Dimension.PROGRAM,
                                CustomerSpec.inOrder(
                                        "total",
                                        ProfitSql.cost(false, true),
                                        "per_customer",
                                        ProfitSql.cost(true, true))))
                .done();
    }

    private Metric revenue() {
        return Metric.of("service_revenue", "Direct revenue of service", Area.PROFITABILITY, Unit.MONEY)
                .asks("How much direct revenue does Services generate?")
                .formula(
                        "Contracted revenue of service and maintenance lines, each month of cover a twelfth of the year's."
                                + MONTHS)
                .leavesOut("Subscriptions, perpetual licences and usage.")
                .from("contracts")
                .form(
                        in -> Figure.of(Exact.divide(
                                in.amount("annual").multiply(in.amount("months")), BigDecimal.valueOf(12))),
                        amount("annual", "A year's revenue of service.", "24000"),
                        amount("months", "Months of cover.", "9"))
                .reads(reading("standard", ProfitSql.revenue(false))
                        .cutBy(Dimension.PROGRAM, CustomerSpec.inOrder("standard", ProfitSql.revenue(true))))
                .done();
    }

    private Metric indirect() {
        return Metric.of("indirect_revenue", "Indirect revenue of service", Area.PROFITABILITY, Unit.MONEY)
                .asks("How much indirect revenue does Services contribute to?")
                .formula(
                        "Revenue of a year that was won after service spoke with the customer. Never added to direct revenue.")
                .counts("Of customers with a conversation in the 90 days before", "All that was renewed, or grew")
                .leavesOut("Nothing is said about cause: who renews anyway is spoken with too.")
                .from("contracts, engagement, opportunities")
                .definition(
                        "influenced",
                        "Influenced renewals",
                        "Terms renewed after a conversation in the 90 days before.")
                .form(
                        in -> Figure.of(in.amount("influenced")).from(in.amount("influenced"), in.amount("won")),
                        amount("influenced", "With a conversation before.", "300000"),
                        amount("won", "All of it.", "450000"))
                .definition(
                        "influenced_growth",
                        "Influenced growth",
                        "Expansions and returns of customers with a conversation in the period or the 90 days before.")
                .definition("sourced", "Sourced", "Opportunities won in the period that success or support found.")
                .form(in -> Figure.of(in.amount("sourced")), amount("sourced", "Won of what service found.", "40000"))
                .definition(
                        "incremental",
                        "Incremental",
                        "Against a comparison group chosen by chance: what its rate would have brought is taken off.")
                .form(
                        in -> Figure.of(Exact.divide(
                                        in.amount("revenue_due")
                                                .multiply(in.number("rate_with").subtract(in.number("rate_without"))),
                                        Exact.HUNDRED))
                                .from(
                                        Exact.divide(
                                                in.amount("revenue_due").multiply(in.number("rate_with")),
                                                Exact.HUNDRED),
                                        in.amount("revenue_due")),
                        amount("revenue_due", "Of those who were served.", "500000"),
                        number("rate_with", "Percent renewed with the service.", "93"),
                        number("rate_without", "Percent renewed in the comparison group.", "88"))
                .reads(reading(
                        "influenced",
                        InfluenceSql.influenced(),
                        "influenced_growth",
                        InfluenceSql.growth(),
                        "sourced",
                        InfluenceSql.sourced()))
                .done();
    }

    private static Metric incremental() {
        return Metric.of("incremental_return", "Return on incremental investment", Area.PROFITABILITY, Unit.PERCENT)
                .asks("Will incremental investments in Services generate more direct or indirect revenue?")
                .formula("(incremental gross profit − incremental cost) ÷ incremental cost.")
                .leavesOut("Nothing. Without incremental cost there is no return on it.")
                .from("numbers sent")
                .definition("profit", "On gross profit", "Against a baseline or a comparison group.")
                .form(
                        in -> back(in.number("incremental_profit"), in.amount("incremental_cost")),
                        number("incremental_profit", "Gross profit above the baseline.", "90000"),
                        amount("incremental_cost", "What it cost more.", "60000"))
                .definition(
                        "retained_revenue",
                        "On revenue kept",
                        "(difference of renewal rates × revenue due − incremental cost) ÷ incremental cost.")
                .form(
                        ProfitMetrics::kept,
                        number("renewal_rate_before", "Percent.", "88"),
                        number("renewal_rate_after", "Percent.", "91"),
                        amount("revenue_due", "A year's revenue that was due.", "2000000"),
                        amount("incremental_cost", "What it cost more.", "40000"))
                .done();
    }

    private static Figure kept(Inputs in) {
        BigDecimal more = in.number("renewal_rate_after")
                .subtract(in.number("renewal_rate_before"))
                .multiply(in.amount("revenue_due"));
        return back(Exact.divide(more, Exact.HUNDRED), in.amount("incremental_cost"))
                .with("revenue_kept", Exact.divide(more, Exact.HUNDRED));
    }

    private static Figure back(BigDecimal gain, BigDecimal cost) {
        return cost.signum() <= 0
                ? Figure.none("NO_COST", "Without incremental cost there is no return on it.")
                : Figure.of(Exact.percent(gain.subtract(cost), cost)).from(gain.subtract(cost), cost);
    }

    private Metric renewal() {
        return Metric.of("service_and_renewal", "Renewal with more and less service", Area.PROFITABILITY, Unit.POINTS)
                .asks("What impact will investments in Services have on retaining recurring revenue streams?")
                .formula(
                        "Renewal rate of customers with at least the median hours of service in the year before, less that of the"
                                + " others, in percentage points.")
                .counts("Terms with at least the median hours", "Terms due in the period and decided")
                .leavesOut(
                        "Monthly and undecided terms. A relation, no cause: who is well gets time too, and who complains more.")
                .better(Direction.NEITHER)
                .from("time entries, cases, engagement, contracts")
                .form(
                        RenewalByHours::difference,
                        io.perennial.metrics.Input.count("x1", "Renewed with more hours.", "92"),
                        io.perennial.metrics.Input.count("n1", "Due with more hours.", "100"),
                        io.perennial.metrics.Input.count("x2", "Renewed with fewer hours.", "85"),
                        io.perennial.metrics.Input.count("n2", "Due with fewer hours.", "100"))
                .reads(renewals)
                .done();
    }
}
