package io.perennial.health.signals;

/**
 * One question a rule asked of one account, with what it found: the material of "why did this (not) fire".
 *
 * @param measure id of the measure, or {@code score}
 * @param wanted the condition in words, with its limit
 * @param found what is known, in words
 */
public record Check(String measure, String wanted, String found, Answer answer) {

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

    static Check of(String measure, String wanted, String found, boolean holds) {
        return new Check(measure, wanted, found, holds ? Answer.YES : Answer.NO);
    }
}
