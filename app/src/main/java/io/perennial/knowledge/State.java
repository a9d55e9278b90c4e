package io.perennial.knowledge;

import java.util.Locale;

/** Of one version of a text. */
public enum State {
    DRAFT,
    PUBLISHED,
    RETIRED;

    static State of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
