package io.perennial.metrics;

import java.util.Locale;

/** What a value counts. */
public enum Unit {
    PERCENT,
    /** Of one; people read it in percent. */
    SHARE,
    HOURS,
    MINUTES,
    DAYS,
    MONTHS,
    CASES,
    MONEY,
    POINTS,
    RATIO,
    COEFFICIENT,
    TIMESTAMP,
    DATE;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
