package io.perennial.renewals;

import org.jspecify.annotations.Nullable;

/** What came of a term, from contracts and losses; nobody types it. */
public enum Outcome {
    OPEN("Open", null),
    /** Due, and nothing followed yet; within the grace. */
    LAPSED("Lapsed", "watch"),
    RENEWED("Renewed", "healthy"),
    LOST("Lost", "at-risk"),
    /** People worked on it, but no contract says any more that it is due. */
    WITHDRAWN("No longer due", null);

    private final String title;
    private final @Nullable String tone;

    Outcome(String title, @Nullable String tone) {
        this.title = title;
        this.tone = tone;
    }

    static Outcome of(String key) {
        return valueOf(key.toUpperCase(java.util.Locale.ROOT));
    }

    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public String title() {
        return title;
    }

    public @Nullable String tone() {
        return tone;
    }

    /** Whether there is still something to be done for it. */
    public boolean isOpen() {
        return this == OPEN || this == LAPSED;
    }
}
