package io.perennial.metrics.formula;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Support operations from numbers. */
public final class Support {

    public static final Reason NO_CASES = new Reason("NO_CASES", "There is no case in the base.");
    public static final Reason NO_RESOLVED = new Reason("NO_RESOLVED_CASES", "No case was solved.");
    public static final Reason NO_REPLY = new Reason("NO_REPLY_YET", "Nobody has answered yet.");
    public static final Reason NO_PROMISE = new Reason("NO_PROMISES", "No case had a promise that was kept or broken.");

    private Support() {}

    /** From the creation to the first answer of a person; without answer no value, but the age. */
    public static Figure firstResponse(Inputs inputs) {
        Instant created = Times.momentOrHour(inputs, "created");
        boolean answered = inputs.has("first_agent_reply");
        if (!answered && !inputs.has("now")) {
            return Figure.none(NO_REPLY);
        }
        String end = answered ? "first_agent_reply" : "now";
        Duration passed = Duration.between(created, Times.momentOrHour(inputs, end));
        if (passed.isNegative()) {
            throw inputs.wrong(end, "before_creation", "This lies before the case was created.");
        }
        BigDecimal minutes = Times.minutes(passed);
        return answered ? Figure.of(minutes) : Figure.none(NO_REPLY).with("age_minutes", minutes);
    }

    /** Each case from its creation to its last solution. */
    public static Figure resolution(Inputs inputs) {
        List<Times.Weighted> all = new ArrayList<>();
        long open = 0;
        for (Inputs row : inputs.rows("cases", "created", "solved")) {
            Instant created = Times.moment(row, "created", ZoneOffset.UTC);
            if (!row.has("solved")) {
                open++;
                continue;
            }
            Duration passed = Duration.between(created, Times.moment(row, "solved", ZoneOffset.UTC));
            if (passed.isNegative()) {
                throw row.wrong("solved", "before_creation", "The case would be solved before it was created.");
            }
            all.add(new Times.Weighted(Times.hours(passed), BigDecimal.ONE));
        }
        Figure figure = all.isEmpty() ? Figure.none(NO_RESOLVED) : Times.spread(all);
        return figure.sampled(all.size()).leavingOut("not solved", open);
    }

    /** Shares of cases with so many hours each. */
    public static Figure mixedResolution(Inputs inputs) {
        List<Times.Weighted> mix = new ArrayList<>();
        for (Inputs row : inputs.rows("mix", "share", "hours")) {
            if (row.amount("share").signum() > 0) {
                mix.add(new Times.Weighted(row.amount("hours"), row.amount("share")));
            }
        }
        return mix.isEmpty() ? Figure.none(NO_RESOLVED) : Times.spread(mix);
    }

    public static Figure meanResolution(Inputs inputs) {
        BigDecimal hours = inputs.amount("total_hours");
        long cases = inputs.count("tickets");
        return cases == 0
                ? Figure.none(NO_RESOLVED)
                : Figure.of(Exact.divide(hours, BigDecimal.valueOf(cases))).from(hours, BigDecimal.valueOf(cases));
    }

    /** Hours in some states, from the moments at which the state changed; the last state goes on until now. */
    public static Figure waiting(Inputs inputs, Set<String> usual) {
        Set<String> states = inputs.has("states") ? Set.copyOf(inputs.words("states")) : usual;
        Duration sum = Duration.ZERO;
        Instant since = null;
        String state = "";
        List<Inputs> rows = inputs.rows("status_events", "at", "status");
        for (Inputs row : rows) {
            Instant at = Times.moment(row, "at", ZoneOffset.UTC);
            if (since != null && at.isBefore(since)) {
                throw row.wrong("at", "out_of_order", "Changes of state are told in their order.");
            }
            if (since != null && states.contains(state)) {
                sum = sum.plus(Duration.between(since, at));
            }
            since = at;
            state = row.text("status");
        }
        if (since != null && inputs.has("now") && states.contains(state)) {
            Instant now = Times.moment(inputs, "now", ZoneOffset.UTC);
            sum = now.isAfter(since) ? sum.plus(Duration.between(since, now)) : sum;
        }
        return rows.isEmpty()
                ? Figure.none("NO_STATES", "It is not known in which states the case was.")
                : Figure.of(Times.hours(sum));
    }

    /** Money kept by cases that were not needed; the number of cases is not rounded before. */
    public static Figure savings(Inputs inputs) {
        return Figure.of(inputs.number("prevented").multiply(inputs.amount("cost_per_ticket")));
    }

    public static Figure costPerCase(Inputs inputs) {
        BigDecimal cost = inputs.amount("cost");
        BigDecimal cases = BigDecimal.valueOf(inputs.count("cases"));
        return cases.signum() == 0
                ? Figure.none(NO_CASES).from(cost, cases)
                : Figure.of(Exact.divide(cost, cases)).from(cost, cases);
    }

    /** Activity costing: minutes of those who worked on defects, with what engineering spent and what was credited. */
    public static Figure defectCost(Inputs inputs) {
        BigDecimal people = inputs.has("minutes")
                ? Exact.divide(
                        inputs.amount("minutes").multiply(inputs.amount("rate_per_hour")), BigDecimal.valueOf(60))
                : inputs.amount("person_days").multiply(inputs.amount("cost_per_person_day"));
        BigDecimal cost = people.add(inputs.orZero("engineering")).add(inputs.orZero("credits"));
        Figure figure = Figure.of(cost);
        if (inputs.has("total_service_cost")
                && inputs.amount("total_service_cost").signum() > 0) {
            figure = figure.with("percent_of_service_cost", Exact.percent(cost, inputs.amount("total_service_cost")));
        }
        return figure;
    }
}
