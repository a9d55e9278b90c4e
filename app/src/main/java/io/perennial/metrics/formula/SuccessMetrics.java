package io.perennial.metrics.formula;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;
import static io.perennial.metrics.Input.number;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Formula;
import io.perennial.metrics.Input;
import io.perennial.metrics.Input.Kind;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** Health, service sales, adoption and margin, from numbers. */
@Component
class SuccessMetrics implements MetricSource {

    @Override
    public List<Metric> metrics() {
        return List.of(
                share("attach_rate", "Attach rate", Area.SERVICE_SALES, Unit.PERCENT)
                        .asks("At what rate are new contracts attached to product sales?")
                        .formula("New product sales with an optional service attached ÷ eligible new product sales.")
                        .counts("Sales with optional service within 30 days", "New product sales, decided")
                        .leavesOut("Service that is bundled or compulsory.")
                        .from("contracts")
                        .form(
                                Shares.ratio("attached", "base", "NO_SALES", "There was no sale to attach to."),
                                amount("attached", "Sales with service, or their service value.", "100"),
                                amount("base", "Eligible sales, or their list value.", "500"))
                        .done(),
                share("upgrade_rate", "Upgrade rate", Area.SERVICE_SALES, Unit.PERCENT)
                        .asks("At what rate do customers buy a higher level of service?")
                        .formula("Customers whose level rises ÷ customers live at the start below the top level.")
                        .counts("Customers whose level rose", "Customers live at the start below the top level")
                        .leavesOut("Customers at the top level already, and customers who came in the period.")
                        .from("contracts, programs")
                        .form(
                                Shares.of("upgrades", "active_start", "NO_ELIGIBLE", "Nobody was below the top level."),
                                count("upgrades", "Customers whose level rose.", "120"),
                                count("active_start", "Customers who could upgrade.", "3000"))
                        .done(),
                share("win_back_rate", "Win-back rate", Area.SERVICE_SALES, Unit.PERCENT)
                        .asks("How many of those who left come back?")
                        .formula("Customers reactivated in the period ÷ customers lost in the period before.")
                        .from("contracts")
                        .form(
                                Shares.ratio(
                                        "reactivated_this_period",
                                        "churned_prior_period",
                                        "NO_LOST_CUSTOMERS",
                                        "Nobody was lost before."),
                                count("reactivated_this_period", "Came back.", "75"),
                                count("churned_prior_period", "Lost before.", "500"))
                        .done(),
                saved(),
                share("revenue_at_risk", "Revenue at risk", Area.HEALTH, Unit.PERCENT)
                        .asks("How much revenue is at risk?")
                        .formula("Annual recurring revenue of customers at risk ÷ of all customers.")
                        .counts("Annual recurring revenue of customers at risk", "Of all customers")
                        .leavesOut("Nothing; customers without enough data for a score stay in the base and are told.")
                        .better(Direction.DOWN)
                        .from("health, contracts")
                        .form(
                                Shares.of("at_risk", "total_arr", "NO_REVENUE", "There is no recurring revenue."),
                                amount("at_risk", "Of customers at risk.", "500000"),
                                amount("total_arr", "Of all customers.", "100000000"))
                        .definition(
                                "expected",
                                "Weighted by likelihood",
                                "Revenue of each customer times the likelihood that it leaves: how often customers of the same colour"
                                        + " left in the year before.")
                        .form(
                                SuccessMetrics::expected,
                                Input.of(
                                        "customers",
                                        Kind.ROWS,
                                        "Revenue of a year, likelihood between 0 and 1.",
                                        "[[12000, 0.4], [50000, 0.05]]"))
                        .done(),
                healthScore(),
                share("service_margin", "Service margin", Area.PROFITABILITY, Unit.PERCENT)
                        .asks("What is left of the revenue of service?")
                        .formula("(direct revenue − cost to deliver) ÷ direct revenue. May be below zero.")
                        .from("contracts, cases")
                        .form(
                                in -> Figure.share(
                                        in.amount("revenue").subtract(in.amount("cost")),
                                        in.amount("revenue"),
                                        new io.perennial.metrics.Reason("NO_REVENUE", "Service has no revenue.")),
                                amount("revenue", "Direct revenue.", "2800"),
                                amount("cost", "Cost to deliver.", "1450"))
                        .done(),
                Metric.of("capacity", "CSM capacity", Area.ENGAGEMENT, Unit.HOURS)
                        .asks("How much time is there for a customer?")
                        .formula("Productive hours of a month ÷ accounts.")
                        .counts("Productive hours of those who have accounts", "Customers")
                        .leavesOut("Nothing; customers without an owner stay in the base and are told.")
                        .from("accounts, settings")
                        .form(
                                quotient("hours_per_month", "accounts", "NO_ACCOUNTS", "There is no account."),
                                amount("hours_per_month", "Productive hours.", "130"),
                                count("accounts", "Accounts of that person.", "200"))
                        .done(),
                share("licence_adoption", "Licences adopted", Area.ADOPTION, Unit.PERCENT)
                        .asks("What percent of licences are in use?")
                        .formula("Distinct active users in 30 days ÷ licences entitled. More than 100 is shown.")
                        .leavesOut("Customers whose entitlement is not known.")
                        .from("usage, contracts")
                        .form(
                                Shares.ratio("active", "licensed", "NO_LICENCES", "No licence was bought."),
                                count("active", "Active users.", "65"),
                                count("licensed", "Licences.", "100"))
                        .done(),
                share("stickiness", "Stickiness", Area.ADOPTION, Unit.PERCENT)
                        .asks("How often do active users come?")
                        .formula("Mean daily active users ÷ monthly active users.")
                        .from("usage")
                        .form(
                                Shares.of("dau", "mau", "NO_ACTIVE_USERS", "Nobody was active."),
                                amount("dau", "Mean daily active users.", "50000"),
                                amount("mau", "Distinct users of the same period.", "200000"))
                        .done(),
                share("feature_adoption", "Feature adoption", Area.ADOPTION, Unit.PERCENT)
                        .asks("Do customers use the product to its fullest extent?")
                        .formula("Users with meaningful use of the feature ÷ eligible users.")
                        .from("usage")
                        .form(
                                Shares.of("active_on_feature", "eligible", "NO_ELIGIBLE", "Nobody may use it."),
                                count("active_on_feature", "Users of the feature.", "800"),
                                count("eligible", "Users who may use it.", "2000"))
                        .done(),
                share("onboarding_completion", "Onboarding completed", Area.ADOPTION, Unit.PERCENT)
                        .asks("Do new customers get started in time?")
                        .formula("Customers that completed all steps in time ÷ customers that started, window over.")
                        .leavesOut("Customers whose window is open.")
                        .from("success")
                        .form(
                                Shares.of("completed", "started", "NO_STARTS", "Nobody started."),
                                count("completed", "Completed.", "260"),
                                count("started", "Started.", "400"))
                        .done());
    }

    private static Metric.Draft share(String id, String name, Area area, Unit unit) {
        return Metric.of(id, name, area, unit);
    }

    private static Formula quotient(String part, String whole, String code, String words) {
        return in -> in.amount(whole).signum() == 0
                ? Figure.none(code, words)
                : Figure.of(Exact.divide(in.amount(part), in.amount(whole))).from(in.amount(part), in.amount(whole));
    }

    private static Metric saved() {
        return Metric.of("saved_and_paid_rate", "Saved and paid", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("Do those whom we kept from cancelling stay as payers?")
                .formula("Paid after being saved ÷ saved; saved = sessions × save rate. No win-back.")
                .counts("Paid after being saved", "Saved")
                .from("contracts")
                .form(
                        in -> Figure.share(
                                in.amount("paid_after_save"),
                                Exact.divide(in.amount("sessions").multiply(in.amount("save_rate")), Exact.HUNDRED),
                                new io.perennial.metrics.Reason("NOBODY_SAVED", "Nobody was saved.")),
                        count("sessions", "Cancellations begun.", "100"),
                        number("save_rate", "Percent of them saved.", "50"),
                        count("paid_after_save", "Saved and paid since.", "20"))
                .done();
    }

    private static Figure expected(Inputs in) {
        BigDecimal all = BigDecimal.ZERO;
        BigDecimal lost = BigDecimal.ZERO;
        for (Inputs row : in.rows("customers", "arr", "likelihood")) {
            if (row.amount("likelihood").compareTo(BigDecimal.ONE) > 0) {
                throw in.wrong("customers", "out_of_range", "A likelihood lies between 0 and 1.");
            }
            all = all.add(row.amount("arr"));
            lost = lost.add(row.amount("arr").multiply(row.amount("likelihood")));
        }
        return Figure.share(lost, all, new io.perennial.metrics.Reason("NO_REVENUE", "There is no recurring revenue."));
    }

    private static Figure shrunk(Inputs in) {
        BigDecimal weights = BigDecimal.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        for (Inputs row : in.rows("measures", "weight", "score", "certainty", "segment_mean")) {
            BigDecimal sure = row.amount("certainty");
            if (sure.compareTo(BigDecimal.ONE) > 0) {
                throw in.wrong("measures", "out_of_range", "A certainty lies between 0 and 1.");
            }
            BigDecimal score = sure.multiply(row.amount("score"))
                    .add(BigDecimal.ONE.subtract(sure).multiply(row.amount("segment_mean")));
            weights = weights.add(row.amount("weight"));
            sum = sum.add(row.amount("weight").multiply(score));
        }
        return weights.signum() == 0
                ? Figure.none("NO_MEASURES", "Nothing is known of the customer.")
                : Figure.of(Exact.divide(sum, weights));
    }

    private static Metric healthScore() {
        return Metric.of("health_score", "Health score", Area.HEALTH, Unit.POINTS)
                .asks("How healthy is the relationship?")
                .formula("Sum of weight × score ÷ sum of weights, over the measures that apply.")
                .leavesOut("Measures that do not apply.")
                .from("health")
                .definition(
                        "shrunk",
                        "Shrunk to the segment",
                        "What is not known of a customer counts as the mean of its segment, as the product's own score does.")
                .form(
                        SuccessMetrics::shrunk,
                        Input.of(
                                "measures",
                                Kind.ROWS,
                                "weight, score, certainty between 0 and 1, mean of the segment.",
                                "[[0.4, 80, 1, 65], [0.6, 0, 0, 70]]"))
                .definition("renormalised", "Known measures", "Unknown measures are left out.")
                .form(
                        in -> {
                            BigDecimal weights = BigDecimal.ZERO;
                            BigDecimal sum = BigDecimal.ZERO;
                            for (Inputs row : in.rows("components", "weight", "score")) {
                                weights = weights.add(row.amount("weight"));
                                sum = sum.add(row.amount("weight").multiply(row.amount("score")));
                            }
                            return weights.signum() == 0
                                    ? Figure.none("NO_MEASURES", "Nothing is known of the customer.")
                                    : Figure.of(Exact.divide(sum, weights));
                        },
                        Input.of("components", Kind.ROWS, "weight, score.", "[[0.4, 80], [0.6, 70]]"))
                .done();
    }
}
