package io.perennial.renewals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far the work on a renewal is. What happens moves it forward by itself; people may move it either way. */
public enum Stage {
    BEGUN("Not started", "Confirm who decides about it."),
    CONFIRMED("Contact confirmed", "Review what the customer got out of it."),
    VALUE("Value reviewed", "Give notice, 60 days before it is due at the latest."),
    NOTICED("Notice sent", "Send the quote."),
    QUOTED("Quoted", "Get their word."),
    COMMITTED("Committed", "Bring the next contract lines.");

    private final String title;
    private final String next;

    Stage(String title, String next) {
        this.title = title;
        this.next = next;
    }

    public static Optional<Stage> find(String key) {
        return Arrays.stream(values()).filter(stage -> stage.key().equals(key)).findFirst();
    }

    static Stage of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** What is to be done to leave it. */
    public String next() {
        return next;
    }
}
