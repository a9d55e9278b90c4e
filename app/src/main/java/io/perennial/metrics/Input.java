package io.perennial.metrics;

import java.util.List;

/**
 * One number or list of numbers that a formula reads.
 *
 * @param name in the body, snake_case
 * @param example JSON, as it stands in a body
 * @param aliases other names under which it may be sent
 * @param choices of a {@link Kind#CHOICE}
 */
public record Input(
        String name,
        Kind kind,
        boolean required,
        String meaning,
        String example,
        List<String> aliases,
        List<String> choices) {

    /** What an input may hold. */
    public enum Kind {
        NUMBER("a number"),
        COUNT("a whole number, not below zero"),
        AMOUNT("a number, not below zero"),
        NUMBERS("a list of numbers"),
        COUNTS("an object of numbers by name"),
        ROWS("a list of rows: objects, or lists of values"),
        WORDS("a list of texts"),
        TEXT("a text"),
        FLAG("true or false"),
        CHOICE("one of a few words");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** Whether it is written in one line of a form. */
        public boolean single() {
            return this != NUMBERS && this != COUNTS && this != ROWS && this != WORDS;
        }
    }

    public static Input of(String name, Kind kind, String meaning, String example) {
        return new Input(name, kind, true, meaning, example, List.of(), List.of());
    }

    public static Input number(String name, String meaning, String example) {
        return of(name, Kind.NUMBER, meaning, example);
    }

    public static Input amount(String name, String meaning, String example) {
        return of(name, Kind.AMOUNT, meaning, example);
    }

    public static Input count(String name, String meaning, String example) {
        return of(name, Kind.COUNT, meaning, example);
    }

    public static Input text(String name, String meaning, String example) {
        return of(name, Kind.TEXT, meaning, '"' + example + '"');
    }

    public static Input choice(String name, String meaning, String... choices) {
        return new Input(name, Kind.CHOICE, false, meaning, '"' + choices[0] + '"', List.of(), List.of(choices));
    }

    public Input optional() {
        return new Input(name, kind, false, meaning, example, aliases, choices);
    }

    public Input alsoKnownAs(String... names) {
        return new Input(name, kind, required, meaning, example, List.of(names), choices);
    }

    boolean answersTo(String sent) {
        return name.equals(sent) || aliases.contains(sent);
    }
}
