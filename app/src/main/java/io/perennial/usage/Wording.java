package io.perennial.usage;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Evidence in words and numbers that people read at a glance. */
final class Wording {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private Wording() {}

    static String number(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }

    static String decimal(double value) {
        return String.format(Locale.ENGLISH, value < 10 ? "%.1f" : "%,.0f", value);
    }

    static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    static String weekly(double before, double after) {
        return decimal(before) + " to " + decimal(after) + " a week";
    }

    static String lastUsed(long days) {
        if (days == 0) {
            return "used today";
        }
        return days == 1 ? "used yesterday" : "last used " + number(days) + " days ago";
    }
}
