package io.perennial.success;

import java.math.BigDecimal;

/** What somebody typed about an outcome, as typed. */
public record OutcomeDraft(
        String objective,
        String name,
        String unit,
        String baseline,
        String target,
        String direction,
        String weight,
        String dueOn,
        String measure,
        String subject,
        String value,
        String currency,
        String valueBasis) {

    public static final OutcomeDraft EMPTY = new OutcomeDraft("", "", "", "", "", "", "", "", "", "", "", "", "");

    public static OutcomeDraft of(Outcome known) {
        return new OutcomeDraft(
                known.objective(),
                known.name(),
                known.unit(),
                PlanDraft.plain(known.baseline()),
                PlanDraft.plain(known.target()),
                known.direction(),
                PlanDraft.plain(known.weight()),
                known.dueOn() == null ? "" : known.dueOn().toString(),
                known.measure(),
                known.subject(),
                PlanDraft.plain(known.value()),
                known.currency() == null ? "" : known.currency(),
                known.valueBasis());
    }

    /**
     * @param measures that can be bound to
     * @throws SuccessRefused with what is wrong
     */
    OutcomeDraft checked(Measured measures) {
        String goal = Typed.line(objective, "An objective", 300);
        String what = Typed.line(name, "A measure", 200);
        if (goal.isEmpty() || what.isEmpty()) {
            throw new SuccessRefused(
                    goal.isEmpty()
                            ? "Write the objective in the customer's own words."
                            : "Say what is measured, such as: empty trips in a week.");
        }
        BigDecimal from = Typed.number(baseline, "The baseline");
        BigDecimal to = Typed.number(target, "The target");
        if (!direction.isEmpty() && !direction.equals("up") && !direction.equals("down")) {
            throw new SuccessRefused("A measure goes up or down.");
        }
        if (to == null && from != null) {
            throw new SuccessRefused("A baseline needs a target; without numbers an outcome is reached or not.");
        }
        if (from != null
                && to != null
                && !direction.isEmpty()
                && from.compareTo(to) != 0
                && direction.equals("up") != (to.compareTo(from) > 0)) {
            throw new SuccessRefused("From " + baseline.strip() + " to " + target.strip() + " is not " + direction
                    + ". Leave the direction out, or correct the numbers.");
        }
        BigDecimal heavy = Typed.number(weight, "The weight");
        if (heavy != null && (heavy.signum() <= 0 || heavy.compareTo(BigDecimal.valueOf(1000)) > 0)) {
            throw new SuccessRefused("A weight is above zero and at most 1,000.");
        }
        Typed.day(dueOn);
        BigDecimal worth = Typed.notBelowZero(value, "The worth");
        String code = Typed.currency(currency);
        if (worth != null && code.isEmpty()) {
            throw new SuccessRefused("Say in which currency it is worth that much.");
        }
        measures.check(measure, subject.strip(), to);
        return new OutcomeDraft(
                goal,
                what,
                Typed.line(unit, "A unit", 40),
                baseline.strip(),
                target.strip(),
                direction,
                weight.strip(),
                dueOn.strip(),
                measure,
                subject.strip(),
                value.strip(),
                code,
                Typed.line(valueBasis, "How the worth comes about", 500));
    }
}
