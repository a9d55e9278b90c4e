package io.perennial.health.model;

import java.util.Locale;

/** What is good: more, less, or the middle. The parser holds a curve to its shape. */
public enum Shape {
    UP,
    DOWN,
    /** Rises to a peak and falls again: both too little and too much are bad. */
    MODERATION;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
