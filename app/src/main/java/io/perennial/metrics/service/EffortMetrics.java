package io.perennial.metrics.service;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;
import static io.perennial.metrics.Input.number;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Shares;
import io.perennial.metrics.formula.Support;
import java.util.List;
import org.springframework.stereotype.Component;

/** What help costs, how much of it is asked for, and what was not needed. */
@Component
class EffortMetrics implements MetricSource {

    private final CostReading costs;
    private final DeflectionReading deflection;

    EffortMetrics(CostReading costs, DeflectionReading deflection) {
        this.costs = costs;
        this.deflection = deflection;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(cost(), deflection(), contactRate());
    }

    private Metric cost() {
        return Metric.of("cost_per_case", "Cost per case", Area.SERVICE, Unit.MONEY)
                .asks("What does a case cost?")
                .formula("Operating expense of the service desk ÷ cases handled. A mean, never a median.")
                .counts("Expense of the period, a month's by its days", "Cases handled in the period")
                .leavesOut(
                        "Nothing is assumed where no expense is set. Cut by anything but months, or for a part of the"
                                + " customers, it is an estimate: the expense is shared by the work that can be seen, one part for"
                                + " each case and one more for each answer or note of ours on it.")
                .better(Direction.DOWN)
                .from("cases, a setting")
                .definition("solved", "Solved", "Handled are cases solved in the period.")
                .form(
                        Support::costPerCase,
                        amount("cost", "Operating expense.", "22000"),
                        count("cases", "Cases handled.", "1000"))
                .definition("opened", "Opened", "Handled are cases opened in the period.")
                .reads(costs)
                .done();
    }

    private Metric deflection() {
        return Metric.of("case_deflection", "Deflection", Area.SERVICE, Unit.PERCENT)
                .asks("How many cases were not needed?")
                .formula("Visits to self-service with a question and no case within 24 hours ÷ visits with a question.")
                .counts("Visits with a question and without case", "Visits with a question, 24 hours old")
                .leavesOut("Visits whose 24 hours are not over.")
                .from("knowledge")
                .definition("observed", "Observed", "What visitors did.")
                .form(
                        Shares.of("without_case", "with_question", "NO_VISITS", "Nobody had a question."),
                        count("without_case", "Visits without case.", "30"),
                        count("with_question", "Visits with a question.", "100"))
                .definition("resolved_share", "Resolved alone", "Resolved in self-service ÷ (that + cases).")
                .form(
                        in -> Figure.share(
                                in.amount("resolved_alone"),
                                in.amount("resolved_alone").add(in.amount("cases")),
                                Reasons.NO_CASES),
                        count("resolved_alone", "Resolved in self-service.", "40"),
                        count("cases", "Cases.", "60"))
                .definition(
                        "self_service_score",
                        "Self-service score",
                        "Users of the help centre for each who opened a" + " case. A ratio, no percentage.")
                .form(
                        in -> in.amount("case_users").signum() == 0
                                ? Figure.none(Reasons.NO_CASES)
                                : Figure.of(Exact.divide(in.amount("help_centre_users"), in.amount("case_users"))),
                        count("help_centre_users", "Users of the help centre.", "400"),
                        count("case_users", "Users who opened a case.", "10"))
                .definition("savings", "Savings", "Prevented cases × cost of a case, in money.")
                .form(
                        Support::savings,
                        number("prevented", "Cases that were not needed.", "1615"),
                        amount("cost_per_ticket", "Cost of a case.", "22"))
                .reads(deflection)
                .done();
    }

    private static Metric contactRate() {
        return Metric.of("contact_rate", "Contact rate", Area.SERVICE, Unit.RATIO)
                .asks("How many cases does a user bring?")
                .formula("Cases ÷ users.")
                .counts("Cases", "Users")
                .better(Direction.DOWN)
                .from("cases, usage")
                .form(
                        in -> in.count("users") == 0
                                ? Figure.none("NO_USERS", "There are no users.")
                                : Figure.of(Exact.divide(in.amount("tickets"), in.amount("users")))
                                        .from(in.amount("tickets"), in.amount("users")),
                        count("tickets", "Cases.", "500"),
                        count("users", "Users.", "5000"))
                .done();
    }
}
