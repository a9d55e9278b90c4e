package io.perennial.metrics.service;

import java.util.Locale;

/** Hours as people read them. */
public final class Spread {

    private Spread() {}

    public static String words(double hours) {
        if (hours < 1) {
            return String.format(Locale.ENGLISH, "%.0f min", hours * 60);
        }
        return hours < 48
                ? String.format(Locale.ENGLISH, "%.1f h", hours)
                : String.format(Locale.ENGLISH, "%.1f d", hours / 24);
    }
}
