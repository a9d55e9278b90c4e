package io.perennial.health.signals;

import java.util.Locale;

/** How soon somebody should act. */
public enum Urgency {
    NOW("Now"),
    THIS_WEEK("This week"),
    SOON("Soon");

    private final String title;

    Urgency(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** As stored and in the API. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Urgency of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
