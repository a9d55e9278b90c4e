package io.perennial.platform.records;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows about a type's table: it decides ranges and what a missing value becomes.
 *
 * @param columns by column name of the table; empty when there is no such table
 */
record TableShape(Map<String, Stored> columns) {

    /** The convention of {@link RecordType}; other tables are written and read by their module alone. */
    boolean conventional() {
        return columns.containsKey("id")
                && columns.containsKey("external_id")
                && columns.containsKey("attributes")
                && columns.containsKey("version")
                && columns.containsKey("created_at")
                && columns.containsKey("updated_at");
    }

    Kind kind(String column) {
        Stored stored = columns.get(column);
        return stored == null ? Kind.LARGE : stored.kind();
    }

    /** Whether a new row needs a value because the table neither takes null nor fills in. */
    boolean needs(String column) {
        Stored stored = columns.get(column);
        return stored != null && stored.notNull() && stored.fallback() == null;
    }

    /**
     * @param sqlType as PostgreSQL writes it, {@code numeric(14,2)}
     * @param fallback the default as JSON, null when there is none
     */
    record Stored(String sqlType, boolean notNull, @Nullable String fallback, Kind kind) {}

    /** Bounds of numbers. */
    record Kind(long min, long max, int wholeDigits, int scale) {

        static final Kind LARGE =
                new Kind(Long.MIN_VALUE, Long.MAX_VALUE, Limits.DECIMAL_WHOLE_DIGITS, Limits.DECIMAL_SCALE);

        static Kind of(String sqlType) {
            if (sqlType.startsWith("numeric(")) {
                String[] digits = sqlType.substring(8, sqlType.length() - 1).split(",", 2);
                int precision = Integer.parseInt(digits[0].strip());
                int scale = digits.length > 1 ? Integer.parseInt(digits[1].strip()) : 0;
                return new Kind(Long.MIN_VALUE, Long.MAX_VALUE, precision - scale, scale);
            }
            return switch (sqlType) {
                case "smallint" -> LARGE.between(Short.MIN_VALUE, Short.MAX_VALUE);
                case "integer" -> LARGE.between(Integer.MIN_VALUE, Integer.MAX_VALUE);
                default -> LARGE;
            };
        }

        private Kind between(long least, long most) {
            return new Kind(least, most, wholeDigits, scale);
        }
    }
}
