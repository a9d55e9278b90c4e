package io.perennial.metrics.formula;

import io.perennial.metrics.Area;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Input.Kind;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What becomes of a renewal that comes early or late: the same facts give other rates under other policies. */
@Component
class RenewalTiming implements MetricSource {

    private static final Reason NO_DUE = new Reason("NO_DUE_CONTRACTS", "No contract was due in the period.");

    @Override
    public List<Metric> metrics() {
        return List.of(latePolicy(), inPeriod(), onTime());
    }

    private static Input[] inputs() {
        return new Input[] {
            Input.of(
                    "contracts",
                    Kind.ROWS,
                    "id, value, due, renewed (empty when not).",
                    "[{\"id\": 1, \"value\": 100, \"due\": \"2020-02-20\", \"renewed\": \"2020-02-15\"}]"),
            Input.text("from", "First day of the period.", "2020-02-01"),
            Input.text("until", "First day after it.", "2020-03-01")
        };
    }

    private static Metric latePolicy() {
        return Metric.of("renewal_late_policy", "Renewals that come late", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("In which period does a late renewal count?")
                .formula("Renewed value ÷ value due in the period.")
                .counts("Renewed value", "Value due in the period")
                .from("contracts")
                .definition(
                        "restated", "When it was due", "A late renewal is credited to the period in which it was due.")
                .form(in -> rate(in, Count.DUE), inputs())
                .definition(
                        "credited_when_closed",
                        "When it was closed",
                        "Lost in the period of the due date, credited when closed: the rate may exceed 100.")
                .form(in -> rate(in, Count.CLOSED), inputs())
                .done();
    }

    private static Metric inPeriod() {
        return Metric.of("renewal_in_period", "Renewals in their period", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("What was due and closed in the same period?")
                .formula("Value due and renewed in the period ÷ value due in it; early and late bookings taken out.")
                .counts("Due and renewed in the period", "Due in the period")
                .from("contracts")
                .form(
                        in -> {
                            Figure figure = rate(in, Count.BOTH);
                            BigDecimal rate = figure.value();
                            BigDecimal booked = rate(in, Count.CLOSED).value();
                            return rate == null || booked == null
                                    ? figure
                                    : figure.with("in_period", rate).with("bookings_based", booked);
                        },
                        inputs())
                .done();
    }

    private static Metric onTime() {
        return Metric.of("on_time_renewal_rate", "On-time renewal rate", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How many contracts are renewed before they run out?")
                .formula("Renewed on or before the due date ÷ contracts due.")
                .counts("Renewed in time", "Contracts due")
                .leavesOut("Contracts without an end, monthly ones, and those of which nothing is decided.")
                .from("contracts")
                .definition("standard", "Of what was due", "Late and lost contracts are in the base.")
                .form(
                        Shares.of("on_time", "due", "NO_DUE_CONTRACTS", "No contract was due."),
                        Input.count("on_time", "Renewed on or before the due date.", "70"),
                        Input.count("due", "Contracts due.", "100"))
                .definition("of_renewed", "Of what was renewed", "Lost contracts are not in the base.")
                .form(
                        Shares.of("on_time", "renewed", "NO_RENEWALS", "No contract was renewed."),
                        Input.count("on_time", "Renewed on or before the due date.", "70"),
                        Input.count("renewed", "Contracts renewed, late or not.", "85"))
                .done();
    }

    private enum Count {
        DUE,
        CLOSED,
        BOTH
    }

    private static Figure rate(Inputs in, Count count) {
        BigDecimal due = BigDecimal.ZERO;
        BigDecimal renewed = BigDecimal.ZERO;
        for (Inputs row : in.rows("contracts", "id", "value", "due", "renewed")) {
            BigDecimal value = row.amount("value");
            boolean wasDue = within(in, row.date("due"));
            LocalDate on = row.optionalDate("renewed");
            boolean counts = switch (count) {
                case DUE -> wasDue && on != null;
                case CLOSED -> within(in, on);
                case BOTH -> wasDue && within(in, on);
            };
            due = wasDue ? due.add(value) : due;
            renewed = counts ? renewed.add(value) : renewed;
        }
        return Figure.share(renewed, due, NO_DUE);
    }

    private static boolean within(Inputs in, @Nullable LocalDate day) {
        return day != null && !day.isBefore(in.date("from")) && day.isBefore(in.date("until"));
    }
}
