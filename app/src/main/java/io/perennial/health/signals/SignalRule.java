package io.perennial.health.signals;

import java.util.function.Function;

/**
 * A red flag with a name.
 *
 * @param cause stable; an account has at most one open signal per cause
 * @param title as on screen
 * @param remedy what to do, in the words of the operating model
 */
record SignalRule(String cause, String title, String remedy, Function<Situation, Verdict> judge) {

    Verdict of(Situation situation) {
        return judge.apply(situation);
    }
}
