package io.perennial.defects.notices;

import java.util.Arrays;
import java.util.Optional;

/** How often a reader wants to hear of something. */
public enum Frequency {
    AT_ONCE("at-once", "At once"),
    WEEKLY("weekly", "In one letter a week"),
    NEVER("never", "Never");

    private final String key;
    private final String title;

    Frequency(String key, String title) {
        this.key = key;
        this.title = title;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    public static Optional<Frequency> find(String key) {
        return Arrays.stream(values()).filter(often -> often.key.equals(key)).findFirst();
    }
}
