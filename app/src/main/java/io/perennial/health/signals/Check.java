package io.perennial.health.signals;

import java.util.function.Supplier;

/**
 * One question a rule asked of one account, with what it found: the material of "why did this (not) fire".
 *
 * @param measure id of the measure, or {@code score}
 * @param condition in words, with its limit; put together when somebody asks why
 * @param finding what is known, in words
 */
public record Check(String measure, Supplier<String> condition, Supplier<String> finding, Answer answer) {

    /** What came of the question; unknown neither opens nor closes a signal. */
    public enum Answer {
        YES("yes"),
        NO("no"),
        UNKNOWN("not known");

        private final String title;

        Answer(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public String wanted() {
        return condition.get();
    }

    public String found() {
        return finding.get();
    }

    static Check of(String measure, Supplier<String> wanted, Supplier<String> found, boolean holds) {
        return new Check(measure, wanted, found, holds ? Answer.YES : Answer.NO);
    }

    static Check of(String measure, String wanted, String found, boolean holds) {
        return of(measure, () -> wanted, () -> found, holds);
    }
}
