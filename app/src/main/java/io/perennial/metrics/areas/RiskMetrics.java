package io.perennial.metrics.areas;

import static io.perennial.metrics.Input.count;

import io.perennial.metrics.Area;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricReadings;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Unit;
import io.perennial.metrics.areas.RiskSql.Threat;
import io.perennial.metrics.formula.Shares;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who may leave, who may buy less, and how much revenue that is. Both kinds are disjoint and add up to all at risk. */
@Component
class RiskMetrics implements MetricSource, MetricReadings {

    private static final int QUARTER = 90;

    private static final String LEAVING = "health below 45, an open signal of " + words(RiskSql.LEAVING)
            + ", or said to be " + String.join(" or ", RiskSql.MOODS) + " in the last conversation of "
            + RiskSql.MOOD_DAYS
            + " days that says how it went";

    private final CustomerReadings customers;

    RiskMetrics(CustomerReadings customers) {
        this.customers = customers;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                risk(
                        "risk_of_leaving",
                        "Customers at risk of leaving",
                        "What percent of your customer base is at risk of defecting to another vendor?",
                        LEAVING,
                        RiskSql.customers("leave")),
                risk(
                        "risk_of_reducing",
                        "Customers at risk of buying less",
                        "What percent of customers are at risk and likely to reduce spending or discontinue buying future products and"
                                + " services?",
                        "not at risk of leaving, and an open signal of " + words(RiskSql.REDUCING),
                        RiskSql.customers("reduce")),
                risk(
                        "customers_at_risk",
                        "Customers at risk",
                        "What percent of your customer base is at risk, of leaving or of buying less?",
                        LEAVING + "; or an open signal of " + words(RiskSql.REDUCING),
                        RiskSql.customers("")));
    }

    private Metric risk(String id, String name, String question, String rule, CustomerSpec spec) {
        return Metric.of(id, name, Area.HEALTH, Unit.PERCENT)
                .asks(question)
                .formula("Customers at such risk on the last day of the period ÷ customers.")
                .counts("At risk: " + rule, "Customers with recurring revenue")
                .leavesOut("Nothing; customers without enough data for a score stay in the base and are told. By "
                        + RiskSql.VERSION
                        + " of this product; there is no outside standard. Who is at risk of both counts as leaving.")
                .better(Direction.DOWN)
                .from("health, contracts")
                .form(
                        Shares.of("at_risk", "customers", "NO_CUSTOMERS", "There is no customer."),
                        count("at_risk", "Customers at risk.", "12"),
                        count("customers", "All customers.", "240"))
                .reads(new CustomerMetric(customers, QUARTER, CustomerSpec.inOrder("standard", spec)))
                .done();
    }

    private static String words(List<String> causes) {
        return String.join(", ", causes).replace('_', ' ');
    }

    @Override
    public List<Answerable> readings() {
        return List.of(
                new Answerable(
                        "health_score",
                        List.of(new Definition(
                                "mean_of_customers",
                                "Mean of customers",
                                "The product's own scores on the last day of the period, each customer once.")),
                        new CustomerMetric(
                                customers, QUARTER, CustomerSpec.inOrder("mean_of_customers", RiskSql.scores()))),
                revenueAtRisk());
    }

    private Answerable revenueAtRisk() {
        return new Answerable(
                "revenue_at_risk",
                List.of(
                        new Definition("leaving", "May leave", "Revenue of customers at risk of leaving."),
                        new Definition("reducing", "May buy less", "All revenue of customers at risk of buying less."),
                        new Definition(
                                "due_in_90_days",
                                "Due within 90 days",
                                "Revenue of customers at risk whose term ends within 90 days of the period's end."),
                        new Definition(
                                "threatened_part",
                                "Only the part under threat",
                                "All revenue of who may leave; of who may buy less the share of licences that nobody uses, or all of it"
                                        + " where that is not known.")),
                new CustomerMetric(
                        customers,
                        QUARTER,
                        CustomerSpec.inOrder(
                                "standard", RiskSql.revenue(Threat.ALL),
                                "leaving", RiskSql.revenue(Threat.LEAVING),
                                "reducing", RiskSql.revenue(Threat.REDUCING),
                                "due_in_90_days", RiskSql.revenue(Threat.DUE),
                                "threatened_part", RiskSql.revenue(Threat.THREATENED),
                                "expected", RiskSql.expected())));
    }
}
