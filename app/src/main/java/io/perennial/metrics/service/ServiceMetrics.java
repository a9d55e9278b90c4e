package io.perennial.metrics.service;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;
import static io.perennial.metrics.Input.text;

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
import io.perennial.metrics.formula.Support;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How long customers wait, and whether we keep what we promise. */
@Component
class ServiceMetrics implements MetricSource {

    private static final Input CREATED = text("created", "When the case was created.", "2026-11-20T22:00:00Z");

    private final CaseReadings cases;

    ServiceMetrics(CaseReadings cases) {
        this.cases = cases;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                firstResponse(), resolution(), waiting(), attainment(), due(), volume(), backlog(), backlogAge());
    }

    private Metric firstResponse() {
        return Metric.of("first_response_time", "First response", Area.SERVICE, Unit.HOURS)
                .asks("How long does a customer wait for the first answer?")
                .formula("From the creation of a case to the first public answer of a person: median and percentiles.")
                .counts("", "Cases opened in the period whose first answer is known")
                .leavesOut("Cases without answer, shown beside. Automatic receipts and notes are no answers.")
                .better(Direction.DOWN)
                .from("cases")
                .definition("calendar", "Around the clock", "All hours count. The calculator answers in minutes.")
                .form(
                        Support::firstResponse,
                        CREATED,
                        text("first_agent_reply", "The first answer of a person.", "2026-11-21T07:00:00Z")
                                .optional(),
                        text("now", "Where there is no answer yet: when one looks.", "2026-11-21T09:00:00Z")
                                .optional(),
                        Input.choice("clock", "Which hours count.", "calendar"))
                .definition(
                        "working_time",
                        "Working time",
                        "Hours of the customer's program only, of cases with a promise for the first answer.")
                .reads(new CaseMetric(
                        cases,
                        Map.of(
                                "calendar", CaseSpecs.FIRST_RESPONSE,
                                "working_time", CaseSpecs.FIRST_RESPONSE_WORKING)))
                .done();
    }

    private Metric resolution() {
        return Metric.of("time_to_resolve", "Time to resolve", Area.SERVICE, Unit.HOURS)
                .asks("How long does it take until the customer is helped?")
                .formula("From the creation of a case to its last solution, not its closing: median and percentiles.")
                .counts("", "Cases solved in the period")
                .leavesOut("Cases without a solution, whether closed or not.")
                .better(Direction.DOWN)
                .from("cases")
                .definition("solved_in_period", "Solved in the period", "By the day of the last solution.")
                .form(
                        Support::resolution,
                        Input.of(
                                "cases",
                                Kind.ROWS,
                                "created, solved (left out when open).",
                                "[[\"2026-11-02T09:00:00Z\", \"2026-11-03T10:00:00Z\"]]"))
                .form(Support::mixedResolution, Input.of("mix", Kind.ROWS, "share, hours.", "[[0.9, 2], [0.1, 120]]"))
                .definition("opened_in_period", "Opened in the period", "By the day the case came in.")
                .definition("mean", "Mean", "The sum of hours by the number of cases; a few long ones decide it.")
                .form(
                        Support::meanResolution,
                        amount("total_hours", "Hours of all cases together.", "120"),
                        count("tickets", "Cases.", "30"))
                .reads(new CaseMetric(
                        cases,
                        Map.of(
                                "solved_in_period", CaseSpecs.RESOLUTION,
                                "opened_in_period", CaseSpecs.RESOLUTION_OF_OPENED,
                                "mean", CaseSpecs.RESOLUTION_MEAN)))
                .done();
    }

    private Metric waiting() {
        Input[] inputs = {
            Input.of(
                    "status_events",
                    Kind.ROWS,
                    "at, status: each change in its order.",
                    "[[\"2026-11-02T09:00:00Z\", \"open\"], [\"2026-11-02T12:00:00Z\", \"solved\"]]"),
            Input.of("states", Kind.WORDS, "Which states count; usual ones when left out.", "[\"pending\"]")
                    .optional(),
            text("now", "When one looks, where the last state goes on.", "2026-11-21T09:00:00Z")
                    .optional()
        };
        return Metric.of("wait_time", "Waiting", Area.SERVICE, Unit.HOURS)
                .asks("Whose turn is it for how long?")
                .formula("Hours of a case in the states in which somebody waits: median and percentiles.")
                .counts("", "Cases solved in the period whose changes of state are known")
                .leavesOut("Cases of which only the present state is known.")
                .better(Direction.DOWN)
                .from("cases")
                .definition("requester", "The customer waits", "New, open and on hold.")
                .form(in -> Support.waiting(in, Set.of("new", "open", "on-hold", "hold")), inputs)
                .definition("agent", "We wait for the customer", "Pending.")
                .form(in -> Support.waiting(in, Set.of("pending", "waiting")), inputs)
                .definition("on_hold", "Somebody else is waited for", "On hold.")
                .form(in -> Support.waiting(in, Set.of("on-hold", "hold")), inputs)
                .reads(new CaseMetric(
                        cases,
                        Map.of(
                                "requester", CaseSpecs.waitedByCustomer(),
                                "agent", CaseSpecs.waited("'waiting'"),
                                "on_hold", CaseSpecs.waited("'on-hold'"))))
                .done();
    }

    private Metric attainment() {
        return Metric.of("sla_attainment", "Promises kept", Area.SERVICE, Unit.PERCENT)
                .asks("Do we keep what we promise?")
                .formula("Promises kept ÷ promises that were finished or are overdue.")
                .counts("Finished in time", "Promises finished or broken in the period")
                .leavesOut("Cases without a target, and promises that are neither finished nor due.")
                .from("cases, programs")
                .definition("all", "All clocks", "First answer, updates and solution together.")
                .form(
                        Shares.of("met", "with_sla", "NO_PROMISES", "No case had a promise."),
                        count("met", "Promises kept.", "900"),
                        count("with_sla", "Promises finished or overdue.", "1000"))
                .definition("first_response", "First answer", "The promise of the first answer.")
                .definition("update", "Updates", "Each promise of a further word.")
                .definition("resolution", "Solution", "The promise of the solution.")
                .definition("as_brought", "As brought", "The outcome that another help desk stated, by day of opening.")
                .reads(new CaseMetric(
                        cases,
                        Map.of(
                                "all", CaseSpecs.KEPT,
                                "first_response", CaseSpecs.KEPT_FIRST_RESPONSE,
                                "update", CaseSpecs.KEPT_UPDATE,
                                "resolution", CaseSpecs.KEPT_RESOLUTION,
                                "as_brought", CaseSpecs.KEPT_AS_BROUGHT)))
                .done();
    }

    private static Metric due() {
        return Metric.of("sla_due", "When an answer is due", Area.SERVICE, Unit.TIMESTAMP)
                .asks("Until when do we have to answer?")
                .formula("Creation + target, counted in the working time of the calendar, without holidays.")
                .better(Direction.NEITHER)
                .from("programs")
                .form(
                        io.perennial.metrics.formula.SlaDue::due,
                        text("created", "A moment, or a weekday and hour of any week.", "Fri 16:00"),
                        amount("target_hours", "Working hours.", "4"),
                        text("business_hours", "When people work.", "Mon-Fri 09-17"),
                        text("zone", "Time zone; UTC when left out.", "Europe/Oslo")
                                .optional(),
                        text("holidays", "Days without work.", "2026-12-25, 2026-12-26")
                                .optional())
                .done();
    }

    private Metric volume() {
        return Metric.of("cases_opened", "Cases opened", Area.SERVICE, Unit.CASES)
                .asks("How often do customers need help?")
                .formula("Cases opened in the period.")
                .counts("", "Cases opened in the period")
                .leavesOut("Cases merged into another one.")
                .better(Direction.NEITHER)
                .from("cases")
                .definition("standard", "Standard", "Cases opened in the period.")
                .form(
                        in -> without(in, "opened", "merged"),
                        count("opened", "Cases that came in.", "120"),
                        count("merged", "Those merged into another one.", "4"))
                .reads(new CaseMetric(cases, Map.of("standard", CaseSpecs.VOLUME)))
                .done();
    }

    private Metric backlog() {
        return Metric.of("backlog", "Backlog", Area.SERVICE, Unit.CASES)
                .asks("How much is waiting?")
                .formula("Cases open at the end of the period; by month, at the end of each.")
                .counts("", "Cases open at the end of the period, or now")
                .leavesOut("Cases of which only the state says that they ended, not when.")
                .better(Direction.DOWN)
                .from("cases")
                .definition("standard", "Size", "How many.")
                .form(
                        in -> without(in, "opened_so_far", "ended_so_far"),
                        count("opened_so_far", "Opened up to the day.", "1200"),
                        count("ended_so_far", "Ended up to the day.", "1130"))
                .reads(new CaseMetric(cases, Map.of("standard", CaseSpecs.BACKLOG)))
                .done();
    }

    private Metric backlogAge() {
        return Metric.of("backlog_age", "Age of the backlog", Area.SERVICE, Unit.HOURS)
                .asks("For how long has it been waiting?")
                .formula("From the creation of each open case to the end of the period: median and percentiles.")
                .counts("", "Cases open at the end of the period, or now")
                .leavesOut("Cases of which only the state says that they ended, not when.")
                .better(Direction.DOWN)
                .from("cases")
                .definition("standard", "Age", "Around the clock.")
                .form(
                        in -> in.numbers("hours").isEmpty()
                                ? Figure.none("NO_CASES", "No case is open.")
                                : Figure.of(middle(in.numbers("hours"))),
                        Input.of("hours", Kind.NUMBERS, "Hours since each open case was created.", "[3, 20, 51]"))
                .reads(new CaseMetric(cases, Map.of("standard", CaseSpecs.BACKLOG_AGE)))
                .done();
    }

    private static Figure without(Inputs in, String all, String part) {
        if (in.count(part) > in.count(all)) {
            throw in.wrong(part, "more_than_all", "These cannot be more than all.");
        }
        return Figure.of(BigDecimal.valueOf(in.count(all) - in.count(part)));
    }

    private static BigDecimal middle(List<BigDecimal> numbers) {
        List<BigDecimal> sorted = numbers.stream().sorted().toList();
        return Exact.divide(
                sorted.get((sorted.size() - 1) / 2).add(sorted.get(sorted.size() / 2)), BigDecimal.valueOf(2));
    }
}
