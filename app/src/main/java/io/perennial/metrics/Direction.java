package io.perennial.metrics;

import java.util.Locale;

/** Which way is better; some figures have no better way. */
public enum Direction {
    UP,
    DOWN,
    NEITHER;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
