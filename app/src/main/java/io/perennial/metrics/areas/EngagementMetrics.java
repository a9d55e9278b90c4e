package io.perennial.metrics.areas;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;

import io.perennial.metrics.Area;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricReadings;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Correlations;
import io.perennial.metrics.formula.Shares;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whom we engage with, how often, how it goes, and whether health goes with it. */
@Component
class EngagementMetrics implements MetricSource, MetricReadings {

    private static final int QUARTER = 90;
    private static final String PEARSON = "pearson";

    private final CustomerReadings customers;

    EngagementMetrics(CustomerReadings customers) {
        this.customers = customers;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(engaged(), frequency(), sentiment());
    }

    private Metric engaged() {
        return Metric.of("engaged_rate", "Customers engaged", Area.ENGAGEMENT, Unit.PERCENT)
                .asks("What percent of your customer base do you actively engage with?")
                .formula("Customers with at least one two-way engagement in the period ÷ customers at its end.")
                .counts("Customers with a conversation or a case in the period", "Customers with recurring revenue")
                .leavesOut("What was only sent. An automated letter counts when somebody answered it.")
                .from("engagement, cases, contracts")
                .definition(
                        "two_way",
                        "Conversations and cases",
                        "A call, meeting or other exchange of both sides, or a support case.")
                .form(
                        Shares.of("engaged", "customers", "NO_CUSTOMERS", "There is no customer."),
                        count("engaged", "Customers engaged with.", "180"),
                        count("customers", "All customers.", "240"))
                .definition("conversations", "Conversations only", "Support cases do not count.")
                .definition(
                        "in_cadence",
                        "In the time of their cadence",
                        "A conversation within the days of the rule that fits the customer today, of the kind and with whom it asks"
                                + " for, before the end of the period; 90 days where no rule fits.")
                .definition(
                        "contact_coverage",
                        "Contacts reached",
                        "Contacts of customers with a conversation or a case ÷ their contacts who have not left.")
                .reads(new CustomerMetric(
                        customers,
                        QUARTER,
                        CustomerSpec.inOrder(
                                "two_way", EngagementSql.engaged(true),
                                "conversations", EngagementSql.engaged(false),
                                "in_cadence", EngagementSql.inCadence(),
                                "contact_coverage", EngagementSql.contacts())))
                .done();
    }

    private Metric frequency() {
        return Metric.of("engagement_frequency", "Engagements a month", Area.ENGAGEMENT, Unit.RATIO)
                .asks("How often do you engage with them?")
                .formula("Two-way engagements ÷ months in which customers were customers.")
                .counts(
                        "Conversations and cases",
                        "Customer-months; who came or left in the period counts for its days")
                .leavesOut("What was only sent.")
                .better(Direction.NEITHER)
                .from("engagement, cases, contracts")
                .definition("two_way", "Conversations and cases", "Support cases count.")
                .form(
                        in -> in.amount("customer_months").signum() == 0
                                ? Figure.none(EngagementSql.NO_CUSTOMERS)
                                : Figure.of(Exact.divide(in.amount("engagements"), in.amount("customer_months")))
                                        .from(in.amount("engagements"), in.amount("customer_months")),
                        count("engagements", "Two-way engagements.", "540"),
                        amount("customer_months", "Sum over customers of their months.", "720"))
                .definition("conversations", "Conversations only", "Support cases do not count.")
                .reads(new CustomerMetric(
                        customers,
                        QUARTER,
                        CustomerSpec.inOrder(
                                "two_way", EngagementSql.frequency(true),
                                "conversations", EngagementSql.frequency(false))))
                .done();
    }

    private Metric sentiment() {
        return Metric.of("engagement_sentiment", "How engagements go", Area.ENGAGEMENT, Unit.PERCENT)
                .asks("What percent of customer engagements are positive? Negative?")
                .formula("Engagements of the class ÷ engagements that are rated. Neutral ones stay in the base.")
                .counts("Engagements of the class", "Conversations with a mood and cases with an answer")
                .leavesOut(
                        "Engagements that nobody rated, shown beside. Of five, 1 and 2 are negative, 3 is neutral; of four, 1, 2 and"
                                + " 3 to 4; words such as content, calm, anxious, restless and angry are known.")
                .better(Direction.NEITHER)
                .from("engagement, cases")
                .ofOpinions()
                .definition("positive", "Positive", "Satisfied or glad.")
                .form(
                        Shares.of("of_class", "rated", "NO_RATED_ENGAGEMENTS", "Nothing is rated."),
                        count("of_class", "Engagements of the class.", "30"),
                        count("rated", "Rated engagements.", "50"))
                .definition("neutral", "Neutral", "Neither.")
                .definition("negative", "Negative", "Dissatisfied, anxious, restless or angry.")
                .definition("net", "Net", "Positive less negative, in percentage points.")
                .reads(new CustomerMetric(
                        customers,
                        QUARTER,
                        CustomerSpec.inOrder(
                                "positive", EngagementSql.tone(1),
                                "neutral", EngagementSql.tone(0),
                                "negative", EngagementSql.tone(-1),
                                "net", EngagementSql.net())))
                .done();
    }

    @Override
    public List<Answerable> readings() {
        Definition frequency = new Definition(
                "health_with_frequency",
                "Health with how often we engage",
                "Health at the end of the period against conversations and cases before it. Health weighs silence and"
                        + " cases too, so a part of this is there by construction; it is no cause.");
        Definition quality = new Definition(
                "health_with_quality",
                "Health with how engagements go",
                "Health at the end of the period against the share of rated engagements before it that were positive."
                        + " It is no cause.");
        return List.of(new Answerable(
                "correlation",
                List.of(frequency, quality, pearson(frequency), pearson(quality)),
                new PairsReading(
                        customers,
                        QUARTER,
                        Map.of(
                                frequency.id(), together(false, Correlations.SPEARMAN),
                                quality.id(), together(true, Correlations.SPEARMAN),
                                pearson(frequency).id(), together(false, PEARSON),
                                pearson(quality).id(), together(true, PEARSON)))));
    }

    private static Definition pearson(Definition ranked) {
        return new Definition(
                ranked.id() + "_pearson",
                ranked.title() + ", Pearson",
                "Pearson's r of the numbers themselves instead of their ranks. " + ranked.meaning());
    }

    private static PairsReading.Of together(boolean quality, String method) {
        return new PairsReading.Of(
                EngagementSql.withHealth(quality),
                pairs -> Correlations.of(
                        pairs.stream().mapToDouble(CustomerReadings.Pair::base).toArray(),
                        pairs.stream()
                                .mapToDouble(CustomerReadings.Pair::amount)
                                .toArray(),
                        method));
    }
}
