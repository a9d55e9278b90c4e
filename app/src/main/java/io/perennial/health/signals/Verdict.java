package io.perennial.health.signals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a rule says to one account.
 *
 * @param words one sentence with the numbers; only meaningful when it fires, and only then put together
 * @param checks everything that was asked, in order
 */
record Verdict(Check.Answer fires, Urgency urgency, Supplier<String> words, List<Check> checks) {

    String evidence() {
        return words.get();
    }

    /** The same in words that were found elsewhere. */
    Verdict in(String found) {
        return new Verdict(fires, urgency, () -> found, checks);
    }

    /** Fires when every question is answered yes, is silent when one is answered no. */
    static Verdict whenAll(Urgency urgency, Supplier<String> evidence, Check... checks) {
        return new Verdict(all(List.of(checks)), urgency, evidence, List.of(checks));
    }

    /** Fires when the first question and at least one of the others are answered yes. */
    static Verdict whenFirstAndAny(Urgency urgency, Supplier<String> evidence, Check first, List<Check> others) {
        List<Check> checks = new ArrayList<>(others);
        checks.addFirst(first);
        Check.Answer any = any(others);
        Check.Answer fires = first.answer() == Check.Answer.YES ? any : first.answer();
        if (any == Check.Answer.NO) {
            fires = Check.Answer.NO;
        }
        return new Verdict(fires, urgency, evidence, List.copyOf(checks));
    }

    /** Fires when at least one question is answered yes, is silent when all are answered no. */
    static Verdict whenAny(Urgency urgency, Supplier<String> evidence, List<Check> checks) {
        return new Verdict(any(checks), urgency, evidence, List.copyOf(checks));
    }

    private static Check.Answer all(List<Check> checks) {
        return has(checks, Check.Answer.NO)
                ? Check.Answer.NO
                : has(checks, Check.Answer.UNKNOWN) ? Check.Answer.UNKNOWN : Check.Answer.YES;
    }

    private static Check.Answer any(List<Check> checks) {
        return has(checks, Check.Answer.YES)
                ? Check.Answer.YES
                : has(checks, Check.Answer.UNKNOWN) ? Check.Answer.UNKNOWN : Check.Answer.NO;
    }

    private static boolean has(List<Check> checks, Check.Answer answer) {
        for (Check check : checks) {
            if (check.answer() == answer) {
                return true;
            }
        }
        return false;
    }
}
