package io.perennial.renewals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a customer reads about a renewal; each has a text in each language. */
public enum Paper {
    NOTICE("Notice", Set.of("name", "customer", "product", "due", "notice", "way", "price", "sender"), true),
    REMINDER("Reminder", Set.of("name", "customer", "product", "due", "notice", "way", "price", "sender"), true),
    /** Its amounts stand in its tables. */
    QUOTE("Quote", Set.of("name", "customer", "product", "due", "notice", "way", "sender"), false);

    private final String title;
    private final Set<String> places;
    private final boolean tellsThePrice;

    Paper(String title, Set<String> places, boolean tellsThePrice) {
        this.title = title;
        this.places = places;
        this.tellsThePrice = tellsThePrice;
    }

    /** By its own key, or by that of a letter which has its text. */
    public static Optional<Paper> find(String key) {
        return Arrays.stream(values())
                .filter(paper -> paper.key().equals(key))
                .findFirst()
                .or(() -> Step.find(key).map(Step::paper));
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** What its text may hold in braces. */
    Set<String> places() {
        return places;
    }

    /** Whether its text has to say what it will cost and from when on. */
    boolean tellsThePrice() {
        return tellsThePrice;
    }
}
