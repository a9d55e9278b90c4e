package io.perennial.programs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How soon a case needs people, most urgent first. */
public enum Priority {
    URGENT,
    HIGH,
    MEDIUM,
    LOW;

    /** As tables, files and addresses write it: {@code urgent}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people read it: {@code Urgent}. */
    public String title() {
        return name().charAt(0) + key().substring(1);
    }

    public static Optional<Priority> of(String key) {
        return Arrays.stream(values())
                .filter(priority -> priority.key().equals(key))
                .findFirst();
    }
}
