package io.perennial.metrics.service;

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
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Shares;
import io.perennial.metrics.formula.Statistics;
import io.perennial.metrics.formula.Support;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether customers were helped well, what it cost, and what was not needed. */
@Component
class QualityMetrics implements MetricSource {

    private final CaseReadings cases;
    private final CostReading costs;
    private final DeflectionReading deflection;

    QualityMetrics(CaseReadings cases, CostReading costs, DeflectionReading deflection) {
        this.cases = cases;
        this.costs = costs;
        this.deflection = deflection;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                firstContact(),
                reopened(),
                share(
                        "reassigned",
                        "Reassigned",
                        "How often does a case change hands?",
                        "Cases given to somebody else at least once ÷ cases opened.",
                        Map.of("standard", CaseSpecs.REASSIGNED)),
                share(
                        "escalated",
                        "Escalated",
                        "How often do customers need more than the desk can give?",
                        "Cases escalated ÷ cases opened.",
                        Map.of("standard", CaseSpecs.ESCALATED)),
                share(
                        "waited",
                        "Stood still",
                        "How often does a case stand still?",
                        "Cases that waited for somebody else at least once ÷ cases opened.",
                        Map.of("standard", CaseSpecs.WAITED)),
                straight(),
                satisfaction(),
                cost(),
                deflection(),
                contactRate(),
                defects(),
                defectCost());
    }

    private Metric firstContact() {
        return Metric.of("first_contact_resolution", "Solved at first contact", Area.SERVICE, Unit.PERCENT)
                .asks("Is the customer helped the first time?")
                .formula("Solved without further contact on the issue until a week after the solution ÷ solved.")
                .counts("Solved, never reopened, no further word, no further case", "Cases solved in the period")
                .leavesOut("Cases solved less than a week ago: nobody can know yet.")
                .from("cases")
                .definition("no_further_contact", "No further contact", "Within seven days of the solution.")
                .form(
                        Shares.of("first_contact", "resolved", "NO_RESOLVED_CASES", "No case was solved."),
                        count("first_contact", "Solved without further contact.", "70"),
                        count("resolved", "Solved.", "100"))
                .definition("gross", "Of all", "Of all cases opened, solved or not.")
                .definition("solved_once", "Solved once", "Never reopened, of those solved.")
                .definition(
                        "solved_at_once",
                        "Solved at once",
                        "One solution, at most one person took it in charge, never stood still.")
                .definition("no_customer_reply", "No word of the customer", "After opening the customer wrote nothing.")
                .reads(new CaseMetric(
                        cases,
                        Map.of(
                                "no_further_contact", CaseSpecs.FIRST_CONTACT,
                                "gross", CaseSpecs.FIRST_CONTACT_GROSS,
                                "solved_once", CaseSpecs.SOLVED_ONCE,
                                "solved_at_once", CaseSpecs.SOLVED_AT_ONCE,
                                "no_customer_reply", CaseSpecs.NO_CUSTOMER_REPLY)))
                .done();
    }

    private Metric reopened() {
        return Metric.of("reopened", "Reopened", Area.SERVICE, Unit.PERCENT)
                .asks("How often was a solution none?")
                .formula("Cases reopened at least once ÷ cases opened.")
                .counts("Cases reopened at least once", "Cases opened in the period")
                .better(Direction.DOWN)
                .from("cases")
                .definition("of_opened", "Of opened", "All cases that came in.")
                .form(
                        Shares.of("reopened", "cases", "NO_CASES", "No case came in."),
                        count("reopened", "Cases reopened.", "202"),
                        count("cases", "Cases.", "17136"))
                .definition("of_solved", "Of solved", "Cases that were solved at least once.")
                .reads(new CaseMetric(
                        cases, Map.of("of_opened", CaseSpecs.REOPENED, "of_solved", CaseSpecs.REOPENED_OF_SOLVED)))
                .done();
    }

    private Metric share(String id, String name, String question, String formula, Map<String, Spec> specs) {
        return Metric.of(id, name, Area.SERVICE, Unit.PERCENT)
                .asks(question)
                .formula(formula)
                .counts(name, "Cases opened in the period")
                .leavesOut("Cases merged into another one.")
                .better(Direction.DOWN)
                .from("cases")
                .form(
                        Shares.of(id, "cases", "NO_CASES", "No case came in."),
                        count(id, "Such cases.", "12"),
                        count("cases", "Cases opened.", "100"))
                .reads(new CaseMetric(cases, specs))
                .done();
    }

    private Metric straight() {
        return Metric.of("solved_straight", "Neither reassigned nor reopened", Area.SERVICE, Unit.PERCENT)
                .asks("How many cases go straight through?")
                .formula("Cases that stayed where they were first given and were never reopened ÷ cases opened.")
                .counts("Neither reassigned nor reopened", "Cases opened in the period")
                .from("cases")
                .definition("standard", "Standard", "Of all cases that came in.")
                .reads(new CaseMetric(cases, Map.of("standard", CaseSpecs.STRAIGHT)))
                .done();
    }

    private Metric satisfaction() {
        return Metric.of("csat", "Satisfaction with cases", Area.SERVICE, Unit.PERCENT)
                .asks("How satisfied are customers with the help they got?")
                .formula("Answers 4 and 5 of 5 ÷ answers; of other scales the upper fifth.")
                .counts("Satisfied answers", "Answers about cases opened in the period")
                .leavesOut("Cases without answer, shown beside.")
                .from("cases, surveys")
                .ofOpinions()
                .definition("top_2_of_5", "Satisfied", "Share of the two best of five answers.")
                .form(
                        QualityMetrics::satisfied,
                        Input.of("counts", Kind.COUNTS, "Answers from 1 to 5.", "{\"5\": 42, \"4\": 32, \"3\": 10}"))
                .form(
                        in -> share(
                                in.count("positive"),
                                in.count("positive") + in.count("neutral") + in.count("negative")),
                        count("positive", "Positive answers.", "8"),
                        count("neutral", "Neutral answers: in the base.", "0"),
                        count("negative", "Negative answers.", "2"))
                .definition("mean", "Mean", "Mean answer in percent of the best.")
                .reads(new CaseMetric(
                        cases, Map.of("top_2_of_5", CaseSpecs.SATISFIED, "mean", CaseSpecs.SATISFACTION_MEAN)))
                .done();
    }

    private static Figure satisfied(Inputs in) {
        long all = 0;
        long top = 0;
        for (var answers : in.counts("counts").entrySet()) {
            if (!answers.getKey().matches("[1-5]")) {
                throw in.wrong("counts", "out_of_range", "Answers are 1 to 5.");
            }
            all += answers.getValue().longValue();
            top += answers.getKey().compareTo("4") >= 0 ? answers.getValue().longValue() : 0;
        }
        return share(top, all);
    }

    private static Figure share(long top, long all) {
        Figure figure = Figure.share(BigDecimal.valueOf(top), BigDecimal.valueOf(all), Reasons.NO_RESPONSES)
                .sampled(all);
        if (all == 0) {
            return figure;
        }
        BigDecimal exact = Exact.percent(BigDecimal.valueOf(top), BigDecimal.valueOf(all));
        return figure.within(Statistics.percent(top, all))
                .with("exact", exact)
                .with("display", exact.setScale(0, RoundingMode.HALF_UP));
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

    private Metric defects() {
        return Metric.of("defect_rate", "Defect rate", Area.DEFECTS, Unit.PERCENT)
                .asks("What percent of all customer reported issues are directly attributed to product defects?")
                .formula("Solved cases caused by a product defect ÷ solved cases whose cause is known.")
                .counts("Cause is a product defect", "Cases solved in the period, with a cause")
                .leavesOut("Cases without cause, shown beside. Several cases of one defect each count.")
                .better(Direction.DOWN)
                .from("cases")
                .definition("by_solution", "By day of solution", "Cases solved in the period.")
                .form(
                        Shares.of("defect", "total", "NOT_CLASSIFIED", "No case says why it came up."),
                        count("defect", "Caused by defects.", "6"),
                        count("total", "With a cause.", "20"))
                .definition("by_opening", "By day of opening", "Cases opened in the period.")
                .reads(new CaseMetric(
                        cases,
                        Map.of("by_solution", CaseSpecs.DEFECTS, "by_opening", CaseSpecs.DEFECTS.on(Base.OPENED))))
                .done();
    }

    private static Metric defectCost() {
        Input engineering =
                amount("engineering", "What engineering spent.", "0").optional();
        Input credits = amount("credits", "What was credited.", "0").optional();
        Input total =
                amount("total_service_cost", "To show it as a share.", "20000").optional();
        return Metric.of("defect_handling_cost", "Cost of handling defects", Area.DEFECTS, Unit.MONEY)
                .asks("What is the total cost to handle defect related issues?")
                .formula("Time of those who worked on defects × their rate + engineering + credits.")
                .better(Direction.DOWN)
                .from("cases")
                .form(
                        Support::defectCost,
                        amount("person_days", "Days of people.", "3.2"),
                        amount("cost_per_person_day", "Of one day.", "500"),
                        engineering,
                        credits,
                        total)
                .form(
                        Support::defectCost,
                        amount("minutes", "Minutes of people.", "1536"),
                        amount("rate_per_hour", "Of one hour.", "62.5"),
                        engineering,
                        credits,
                        total)
                .done();
    }
}
