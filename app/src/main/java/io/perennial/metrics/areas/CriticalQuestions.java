package io.perennial.metrics.areas;

import static io.perennial.metrics.areas.AreaQuestions.LINES;
import static io.perennial.metrics.areas.AreaQuestions.YEAR;
import static io.perennial.metrics.areas.AreaQuestions.of;

import io.perennial.metrics.areas.AreaQuestions.Asked;
import io.perennial.metrics.areas.AreaQuestions.Bring;
import io.perennial.metrics.areas.AreaQuestions.Page;
import java.util.List;

/** The questions about adoption, success and retention. */
final class CriticalQuestions {

    private static final int MONTH = 28;

    private static final Bring USAGE = new Bring(
            "Daily use by user and feature is needed: connect a source of events, or bring usage.",
            "/imports",
            "Bring usage");
    private static final Bring LICENCES = new Bring(
            "Licences stand on contract lines (column seats), active users in usage.",
            "/imports",
            "Bring contract lines");
    private static final Bring PLANS = new Bring(
            "Begin success plans with measurable outcomes, or bring them as records. The calculator computes the figure from your own"
                    + " numbers.",
            "/success-plans?look=none",
            "Who has no plan");
    private static final Bring RETURN = new Bring(
            "State in success plans what an outcome is worth in a year. The calculator discounts costs and benefits of each year.",
            "/success-plans",
            "Open success plans");
    private static final Bring PERCEPTION = new Bring(
            "Ask customers what the product did for them and bring the answers as survey responses of kind success.",
            "/imports",
            "Bring survey responses");
    private static final Bring REASONS = new Bring(
            "Nobody was lost in this period, or nothing says so: contract lines tell who left, cancellations tell why.",
            "/cancellations",
            "Why customers leave");

    static final List<Page> PAGES = List.of(
            new Page(
                    "adoption",
                    "Adoption",
                    "Are your customers using your products? Are they using them to the fullest extent possible?",
                    null,
                    MONTH,
                    "/adoption",
                    "Adoption by account",
                    List.of(
                            new Asked(
                                    "Are your customers using your products?",
                                    of("licence_adoption", "stickiness"),
                                    LICENCES),
                            new Asked(
                                    "Are they using them to the fullest extent possible?",
                                    of("feature_adoption:depth", "feature_adoption"),
                                    USAGE),
                            new Asked(
                                    "Are customers using a basic set of available features or do they take advantage of advanced"
                                            + " capabilities?",
                                    of("advanced_users:basic", "advanced_users:advanced"),
                                    USAGE),
                            new Asked(
                                    "How soon do they begin, and how long do they work with the product?",
                                    of("time_to_first_value", "time_in_product"),
                                    USAGE))),
            new Page(
                    "success",
                    "Success",
                    "Do customers consider your products to be integral to their business? Are they able to apply your products to meet"
                            + " their business goals and objectives?",
                    null,
                    YEAR,
                    "/success-plans",
                    "Success plans",
                    List.of(
                            new Asked(
                                    "What percent of an established success plan has been realized?",
                                    of("success_plan_realisation", "success_plan_rate"),
                                    PLANS),
                            new Asked(
                                    "What is the return on the original investment in a product?",
                                    of("roi:simple"),
                                    RETURN),
                            new Asked(
                                    "To what extent do customers believe they have benefited from the use of a product?",
                                    of(
                                            "success_perception:positive",
                                            "success_perception:neutral",
                                            "success_perception:none_or_negative"),
                                    PERCEPTION))),
            new Page(
                    "retention",
                    "Retention",
                    "How many of your current customers do you keep, and how long do you retain established relationships?",
                    null,
                    YEAR,
                    "/revenue",
                    "The revenue bridge",
                    List.of(
                            new Asked(
                                    "What share of revenue-generating relationships is carried over from the previous period?",
                                    of("customer_retention_rate"),
                                    LINES),
                            new Asked(
                                    "What is the net value of existing contracts carried over from the previous period, plus new revenue"
                                            + " and less losses?",
                                    of("nrr", "grr", "recurring_revenue_rate"),
                                    LINES),
                            new Asked(
                                    "How long do you retain established relationships?", of("survival", "ltv"), LINES),
                            new Asked(
                                    "What are the reasons for lost relationships?",
                                    of("churn_by_reason", "churn_by_reason::reason"),
                                    REASONS))));

    private CriticalQuestions() {}
}
