package io.perennial.health.signals;

import io.perennial.health.measures.Measure;
import java.util.function.Function;

/**
 * A red flag with a name.
 *
 * @param cause stable; an account has at most one open signal per cause
 * @param title as on screen
 * @param remedy what to do, in the words of the operating model
 */
record SignalRule(String cause, String title, String remedy, Function<Situation, Verdict> judge) {

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
