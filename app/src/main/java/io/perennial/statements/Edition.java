package io.perennial.statements;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** For whom a paper is written. */
public enum Edition {
    BUSINESS("Business review"),
    TECHNICAL("Technical review");

    private final String title;

    Edition(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Edition> find(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
