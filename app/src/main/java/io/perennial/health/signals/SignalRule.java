package io.perennial.health.signals;

import io.perennial.health.measures.Measure;
import java.util.function.Function;

/**
 * A red flag with a name.
 *
 * @param cause stable; an account has at most one open signal per cause
 * @param title as on screen
 * @param remedy what to do, in the words of the operating model
 * @param ofTheScore whether it looks at more than readings; verdict, urgency and words of the others follow from the
 *     readings that are known, and a signal that stands is told no differently from one that opens
 */
record SignalRule(String cause, String title, String remedy, boolean ofTheScore, Function<Situation, Verdict> judge) {

    SignalRule(String cause, String title, String remedy, Function<Situation, Verdict> judge) {
        this(cause, title, remedy, false, judge);
    }

    /** Nobody is called about a contract that ended: the customer is gone, and what to learn stands in the reasons. */
    Verdict of(Situation situation) {
        if (situation.readings().left()) {
            return Verdict.whenAll(
                    Urgency.SOON,
                    () -> "",
                    Check.of(
                            Measure.CUSTOMER_LEFT,
                            () -> "still a customer",
                            () -> situation.evidence(Measure.CUSTOMER_LEFT, "the customer left"),
                            false));
        }
        if (situation.lapsed()) {
            return Verdict.whenAll(
                    Urgency.SOON,
                    () -> "",
                    Check.of("days_to_renewal", "a running contract", "the last one has ended", false));
        }
        return judge.apply(situation);
    }
}
