package io.perennial.metrics.service;

import static io.perennial.metrics.Input.count;

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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether customers were helped well. */
@Component
class QualityMetrics implements MetricSource {

    private final CaseReadings cases;

    QualityMetrics(CaseReadings cases) {
        this.cases = cases;
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
                satisfaction());
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
                .form(
                        Shares.of("straight", "cases", "NO_CASES", "No case came in."),
                        count("straight", "Neither reassigned nor reopened.", "70"),
                        count("cases", "Cases opened.", "100"))
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
}
