package io.perennial.cancellations;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import java.util.List;
import org.springframework.stereotype.Component;

/** Metrics of those who leave: whom we keep, and who comes back. */
@Component
class LeavingMetrics implements MetricSource {

    static final Reason NO_ATTEMPT = new Reason("NO_SAVE_ATTEMPTS", "No save attempt of this period can be judged.");
    static final Reason NOBODY = new Reason("NO_LOST_CUSTOMERS", "Nobody was lost in this period.");

    static final Reason NO_CUSTOMERS =
            new Reason("NO_CUSTOMERS", "No customer had recurring revenue as the period began.");
    static final Reason NOBODY_ASKED = new Reason("NO_RESPONSES", "Nobody was asked by letter in this period.");

    private final SaveRateReading saves;
    private final BackReading back;
    private final ChurnReading churn;
    private final ResponseReading responses;

    LeavingMetrics(SaveRateReading saves, BackReading back, ChurnReading churn, ResponseReading responses) {
        this.saves = saves;
        this.back = back;
        this.churn = churn;
        this.responses = responses;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.of("save_rate", "Save rate", Area.RETENTION, Unit.PERCENT)
                        .asks("How many of the customers whom we try to keep do we keep?")
                        .formula("Customers kept ÷ customers with a decided save attempt.")
                        .counts(
                                "Customers said to be saved whose revenue still ran on the day of the check.",
                                "Customers whose last save attempt of the period was decided, and whose save could be checked.")
                        .leavesOut(
                                "Open attempts; saves whose check is still to come; saves without contract lines; offers to"
                                        + " win back.")
                        .from("cancellations, contracts")
                        .definition(
                                "checked",
                                "Checked by facts",
                                "A save counts when revenue still ran so many days later as the rules say, 90 unless changed.")
                        .form(
                                in -> Figure.share(in.amount("kept"), in.amount("attempts"), NO_ATTEMPT),
                                Input.count("kept", "Customers kept.", "20"),
                                Input.count("attempts", "Customers with a decided attempt.", "50"))
                        .definition("as_recorded", "As recorded", "A save counts as soon as somebody said saved.")
                        .form(
                                in -> Figure.share(in.amount("saved"), in.amount("attempts"), NO_ATTEMPT),
                                Input.count("saved", "Customers said to be saved.", "25"),
                                Input.count("attempts", "Customers with a decided attempt.", "50"))
                        .reads(saves)
                        .done(),
                Metric.of("win_back_by_reason", "Win-back by reason", Area.SERVICE_SALES, Unit.PERCENT)
                        .asks("For which reasons do lost customers come back?")
                        .formula("Customers lost in the period who came back since ÷ customers lost in the period.")
                        .counts(
                                "Of those, whose revenue began again.",
                                "Customers whose cancellation took effect in the period.")
                        .leavesOut(
                                "Customers under notice, those who stayed after all, and losses without a cancellation on"
                                        + " record.")
                        .from("cancellations, contracts")
                        .form(
                                in -> Figure.share(in.amount("back"), in.amount("lost"), NOBODY),
                                Input.count("back", "Customers who came back.", "12"),
                                Input.count("lost", "Customers lost.", "80"))
                        .reads(back)
                        .done(),
                byReason(),
                answered());
    }

    private Metric byReason() {
        return Metric.of("churn_by_reason", "Customers lost, by reason", Area.RETENTION, Unit.PERCENT)
                .asks("What are the reasons for lost relationships?")
                .formula("Customers there as the period began and gone at its end ÷ customers there as it began.")
                .counts(
                        "Customers whose revenue was gone at the end.",
                        "Customers with recurring revenue as the period began.")
                .leavesOut(
                        "Customers who came within the period. By reason each group is a part of the same base, so reasons add up to"
                                + " the whole; losses without a cancellation on record are a group of their own.")
                .better(Direction.DOWN)
                .from("contracts, cancellations")
                .form(
                        in -> Figure.share(in.amount("lost"), in.amount("at_start"), NO_CUSTOMERS),
                        Input.count("lost", "Customers lost for this reason.", "12"),
                        Input.count("at_start", "Customers as the period began.", "480"))
                .reads(churn)
                .done();
    }

    private Metric answered() {
        return Metric.of("exit_survey_response", "Exit survey answered", Area.SATISFACTION, Unit.PERCENT)
                .asks("How many of those who leave tell us why?")
                .formula("Cancellations with an answer ÷ cancellations asked about by letter in the period.")
                .counts("Answered, whenever", "Asked in the period; asked again counts once.")
                .leavesOut("Nothing. Letters that came back stay in the base: nobody answered them.")
                .from("cancellations")
                .ofOpinions()
                .form(
                        in -> Figure.share(in.amount("answered"), in.amount("asked"), NOBODY_ASKED),
                        Input.count("answered", "Answered.", "21"),
                        Input.count("asked", "Asked.", "60"))
                .reads(responses)
                .done();
    }

    static Figure share(long part, long whole, Reason empty) {
        Figure figure = Figure.share(java.math.BigDecimal.valueOf(part), java.math.BigDecimal.valueOf(whole), empty)
                .sampled(whole);
        return whole == 0 ? figure : figure.within(Wilson.percent(part, whole));
    }
}
