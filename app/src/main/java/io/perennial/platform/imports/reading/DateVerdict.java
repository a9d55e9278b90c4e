package io.perennial.platform.imports.reading;

import org.jspecify.annotations.Nullable;

/**
 * How the dates of a column are written, as far as its values tell.
 *
 * @param pattern the one pattern that fits; null for none, for ISO 8601 and when unclear
 * @param dayFirst pattern of the first reading when unclear
 * @param monthFirst pattern of the second reading when unclear
 * @param sample a value that shows it
 */
public record DateVerdict(
        Kind kind,
        @Nullable String pattern,
        @Nullable String dayFirst,
        @Nullable String monthFirst,
        @Nullable String sample) {

    public static final DateVerdict NONE = new DateVerdict(Kind.NONE, null, null, null, null);

    public enum Kind {
        /** No dates in it. */
        NONE,
        /** ISO 8601, with blank or T before the time. */
        ISO,
        /** One pattern fits. */
        CLEAR,
        /** 03/04/2026 only, or day-first and month-first mixed. */
        UNCLEAR
    }

    public boolean unclear() {
        return kind == Kind.UNCLEAR;
    }
}
