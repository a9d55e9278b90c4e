package io.perennial.playbooks.text;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.platform.text.TextProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a playbook.
 *
 * @param stops what ends a run before its last step; asked before it starts and before every step
 * @param heldOutPercent share of the accounts, 0 to 50, for which nothing is done so that the effect can be measured
 * @param success null when no effect is to be measured
 * @param text it was read from
 */
public record Playbook(
        String name,
        String description,
        Start start,
        List<Stop> stops,
        Limits limits,
        int heldOutPercent,
        @Nullable Success success,
        List<Step> steps,
        String text) {

    /** The kind of a start that is no moment of a source: an account begins to fulfil the conditions. */
    public static final String SEGMENT = "segment";

    public static final String SIGNAL = "signal";

    /**
     * @param when word of a kind of moments, or {@value Playbook#SEGMENT}
     * @param of name of the moment; empty for any
     * @param shiftDays days after the moment; negative before it
     * @param onlyIf all have to hold
     * @param presentToo whether those are meant as well for whom it held before the playbook was switched on
     */
    public record Start(String when, String of, int shiftDays, List<AccountCondition> onlyIf, boolean presentToo) {

        public boolean isSegment() {
            return when.equals(SEGMENT);
        }

        public boolean isSignal() {
            return when.equals(SIGNAL);
        }
    }

    /** What ends a run early. */
    public sealed interface Stop {

        String words();

        /** The signal that started it closed, by itself or by a person. */
        record SignalClosed() implements Stop {
            @Override
            public String words() {
                return "the signal is closed";
            }
        }

        record CustomerLeft() implements Stop {
            @Override
            public String words() {
                return "the customer left";
            }
        }

        record Holds(AccountCondition condition) implements Stop {
            @Override
            public String words() {
                return condition.words();
            }
        }
    }

    /**
     * @param aDay runs that start a day at most; the dearest first, the others wait
     * @param inAll runs at most, ever
     * @param accounts different accounts touched at most
     * @param quietDays days after a run in which the same account starts no other one
     */
    public record Limits(int aDay, int inAll, int accounts, int quietDays) {

        public static final Limits USUAL = new Limits(50, 10_000, 5_000, 30);
    }

    /** @param days after the start in which it has to come true */
    public record Success(Measure measure, int days) {

        /** What playbooks are judged by. */
        public enum Measure {
            SIGNAL_CLOSED("signal closed", "the signal closed because its cause is gone"),
            CUSTOMER_STAYS("customer stays", "the customer is still there"),
            RENEWED("renewed", "every renewal that came due was renewed"),
            USE_HOLDS("use holds", "use in the 28 days after is at least as much as in the 28 days before");

            private final String word;
            private final String sentence;

            Measure(String word, String sentence) {
                this.word = word;
                this.sentence = sentence;
            }

            public String word() {
                return word;
            }

            public String sentence() {
                return sentence;
            }
        }
    }

    /** Whether anything in it asks for the signal that started it. */
    public boolean needsASignal() {
        return stops.stream().anyMatch(Stop.SignalClosed.class::isInstance)
                || (success != null && success.measure() == Success.Measure.SIGNAL_CLOSED)
                || Program.of(steps).instructions().stream()
                        .anyMatch(one -> one.step() instanceof Step.WaitUntil wait && wait.condition() == null);
    }

    /**
     * @param kinds of moments by their words, with the names that there are; null leaves them unchecked
     * @throws TextProblem with every line that is wrong
     */
    public static Playbook parse(String text, @Nullable Map<String, KnownKind> kinds) throws TextProblem {
        return new PlaybookText(text, kinds).playbook();
    }

    /**
     * A kind of moments as far as the text needs it.
     *
     * @param names empty when any words may be one
     */
    public record KnownKind(boolean shifts, Map<String, String> names) {}
}
