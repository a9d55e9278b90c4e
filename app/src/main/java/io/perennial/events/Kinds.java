package io.perennial.events;

/** The words for the kinds of events, by their number in the inbox. */
final class Kinds {

    private static final String[] WORDS = {"", "track", "page", "screen", "identify", "group", "alias"};

    private Kinds() {}

    static String word(int number) {
        return number > 0 && number < WORDS.length ? WORDS[number] : "unknown";
    }
}
