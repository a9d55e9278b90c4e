package io.perennial.metrics.areas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The questions that every company in this field is told to ask, in their order, and the figures that answer them. Figures are
 * named as the registry names them; one that is not there yet is passed over, and a question without any says which facts are missing.
 */
public final class AreaQuestions {

    private static final int QUARTER = 90;
    static final int YEAR = 365;

    private static final Bring CAUSES = new Bring(
            "Solved cases with their cause are needed: the desk asks for it when a case is solved, and cases brought from elsewhere"
                    + " have it in the column cause.",
            "/imports",
            "Bring cases");
    private static final Bring COSTS = new Bring(
            "Needed are cost rates, and time on the cases: as time entries, or minutes in the column handling_minutes.",
            "/profitability/rates",
            "Say what time costs");
    private static final Bring SATISFACTION = new Bring(
            "Answers after cases are needed: ask after each solved case, or bring them in the columns satisfaction and satisfaction_scale.",
            "/imports",
            "Bring answers");
    static final Bring LINES = new Bring(
            "Contract lines say who is a customer and what they pay: product, amount, from when until when.",
            "/imports",
            "Bring contract lines");
    private static final Bring SERVICE_LINES = new Bring(
            "Contract lines of kind service or maintenance say what service was sold to whom.",
            "/imports",
            "Bring contract lines");
    private static final Bring TOUCHPOINTS = new Bring(
            "Conversations are needed: log calls and meetings on the account page, or bring touchpoints with kind, day and direction.",
            "/imports",
            "Bring touchpoints");
    private static final Bring MOODS = new Bring(
            "Say how it went when you log a call or a meeting, or bring it with touchpoints (column sentiment).",
            "/imports",
            "Bring touchpoints");
    private static final Bring SCORES = new Bring(
            "Health needs facts of several kinds; the health page says which are missing.", "/health", "Open health");
    private static final Bring TIME = new Bring(
            "Time entries and cost rates say what service costs; contract lines of kind service or maintenance what it brings.",
            "/profitability/rates",
            "Say what time costs");

    /** What is missing when there is no value, and where to bring it. */
    public record Bring(String words, String url, String label) {}

    /**
     * A figure that is wanted.
     *
     * @param definition empty for the default
     * @param by cut by this, as the API says it; empty for the total
     */
    public record Wanted(String metric, String definition, String by) {

        public boolean trend() {
            return by.isEmpty();
        }
    }

    public record Asked(String heading, List<Wanted> wanted, Bring missing) {}

    /**
     * @param area whose further metrics follow after the questions; null for none
     * @param link a page that says more; empty for none
     */
    public record Page(
            String key,
            String title,
            String question,
            io.perennial.metrics.@Nullable Area area,
            int days,
            String link,
            String linkLabel,
            List<Asked> questions) {}

    public static final Page DEFECTS = new Page(
            "defects",
            "Defects",
            "What do product defects cost us and our customers?",
            io.perennial.metrics.Area.DEFECTS,
            QUARTER,
            "/defects",
            "All defects",
            List.of(
                    new Asked(
                            "What percent of all customer reported issues are directly attributed to product defects?",
                            of("defect_rate"),
                            CAUSES),
                    new Asked(
                            "What is the total cost to handle defect related issues (total and as a percent of total service costs)?",
                            of("defect_handling_cost"),
                            COSTS),
                    new Asked(
                            "How do defect related issues affect customer satisfaction?",
                            of("defect_effect", "defect_effect:nps"),
                            SATISFACTION)));

    public static final Page HEALTH = new Page(
            "health",
            "Customer health",
            "Who is at risk, and how much revenue is?",
            io.perennial.metrics.Area.HEALTH,
            QUARTER,
            "/health",
            "Health by account",
            List.of(
                    new Asked(
                            "What percent of your customer base is at risk of defecting to another vendor?",
                            of("risk_of_leaving"),
                            SCORES),
                    new Asked(
                            "What percent of customers are at risk and likely to reduce spending or discontinue buying future"
                                    + " products and services?",
                            of("risk_of_reducing"),
                            SCORES),
                    new Asked(
                            "How much revenue is at risk?",
                            of(
                                    "revenue_at_risk",
                                    "revenue_at_risk:leaving",
                                    "revenue_at_risk:threatened_part",
                                    "revenue_at_risk:expected",
                                    "revenue_at_risk:due_in_90_days"),
                            LINES),
                    new Asked(
                            "Are customers generally content, or are they anxious about the future, restless and thinking about moving"
                                    + " to another vendor, or just plain angry with you?",
                            of(
                                    "customer_mood:content",
                                    "customer_mood:anxious",
                                    "customer_mood:restless",
                                    "customer_mood:angry"),
                            MOODS)));

    public static final Page SALES = new Page(
            "sales",
            "Service sales",
            "How well do we attach, renew, upgrade and win back?",
            io.perennial.metrics.Area.SERVICE_SALES,
            YEAR,
            "/sales",
            "Service sales in detail",
            List.of(
                    new Asked(
                            "How many customers are under an extended service contract or success plan?",
                            of("customers_under_service"),
                            SERVICE_LINES),
                    new Asked(
                            "At what rate are new contracts attached to product sales?",
                            of("attach_rate", "forced_attach_rate"),
                            SERVICE_LINES),
                    new Asked(
                            "How does this differ by geography and channel?",
                            of("attach_rate::geography", "attach_rate::channel"),
                            SERVICE_LINES),
                    new Asked(
                            "At what rate do existing customers renew?",
                            of(
                                    "service_renewal_rate",
                                    "contract_renewal_rate",
                                    "on_time_renewal_rate",
                                    "renewal_rate_acv",
                                    "customer_retention_rate"),
                            LINES),
                    new Asked(
                            "For SaaS companies – what rate do customers buy a higher level of service than what is provided with"
                                    + " the subscription?",
                            of("upgrade_rate", "upsell_rate"),
                            SERVICE_LINES)));

    public static final Page ENGAGEMENT = new Page(
            "engagement",
            "Engagement",
            "Whom do we engage with, how often, and how does it go?",
            io.perennial.metrics.Area.ENGAGEMENT,
            QUARTER,
            "/engagement/silent",
            "Customers nobody hears from",
            List.of(
                    new Asked(
                            "What percent of your customer base do you actively engage with?",
                            of(
                                    "engaged_rate",
                                    "engaged_rate:conversations",
                                    "engaged_rate:in_cadence",
                                    "engaged_rate:contact_coverage"),
                            TOUCHPOINTS),
                    new Asked("How often do you engage with them?", of("engagement_frequency"), TOUCHPOINTS),
                    new Asked(
                            "What percent of customer engagements are positive? Negative?",
                            of(
                                    "engagement_sentiment:positive",
                                    "engagement_sentiment:neutral",
                                    "engagement_sentiment:negative"),
                            MOODS),
                    new Asked(
                            "How does the health of customer relationships correlate to engagement frequency and quality?",
                            of("correlation:health_with_frequency", "correlation:health_with_quality"),
                            SCORES)));

    public static final Page PROFITABILITY = new Page(
            "profitability",
            "Profitability",
            "What does service cost and what does it bring?",
            io.perennial.metrics.Area.PROFITABILITY,
            YEAR,
            "/profitability",
            "By customer and program",
            List.of(
                    new Asked("How much does it cost to deliver services?", of("cost_to_deliver"), TIME),
                    new Asked(
                            "How much direct revenue does Services generate?",
                            of("service_revenue", "service_margin"),
                            SERVICE_LINES),
                    new Asked(
                            "How much indirect revenue does Services contribute to?",
                            of("indirect_revenue", "indirect_revenue:influenced_growth", "indirect_revenue:sourced"),
                            TOUCHPOINTS),
                    new Asked(
                            "Will incremental investments in Services generate more direct or indirect revenue?",
                            of("incremental_return"),
                            new Bring(
                                    "This is a question of what would be. Plan an investment with stated assumptions, and see cost,"
                                            + " revenue and break-even.",
                                    "/profitability/what-if",
                                    "Plan an investment")),
                    new Asked(
                            "What impact will investments in Services have on retaining recurring revenue streams?",
                            of("service_and_renewal"),
                            new Bring(
                                    "Time entries and terms that were due are needed to compare customers who got more time with those who got less.",
                                    "/imports",
                                    "Bring time entries"))));

    public static final List<Page> FIVE = List.of(DEFECTS, HEALTH, SALES, ENGAGEMENT, PROFITABILITY);

    /** Adoption, success and retention. */
    public static final List<Page> CRITICAL = CriticalQuestions.PAGES;

    private AreaQuestions() {}

    public static Optional<Page> page(String key) {
        return FIVE.stream().filter(page -> page.key().equals(key)).findFirst();
    }

    /** {@code metric}, {@code metric:definition} or {@code metric::dimension}. */
    static List<Wanted> of(String... figures) {
        return Arrays.stream(figures)
                .map(figure -> {
                    String[] parts = figure.split(":", -1);
                    return new Wanted(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
                })
                .toList();
    }
}
