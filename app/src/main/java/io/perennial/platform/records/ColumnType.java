package io.perennial.platform.records;

/** What a column may hold. Parsing, limits and messages for each live in one place, {@link Records}. */
public enum ColumnType {
    /** Up to {@link Column#maxLength()} characters, trimmed, no control characters. */
    TEXT,
    EMAIL,
    /** Whole number; range in the column. */
    INTEGER,
    /** Exact decimal number, never a double. */
    DECIMAL,
    /** Exact decimal whose scale fits the currency of the row (JPY 0, USD 2, BHD 3). */
    MONEY,
    /** A calendar day, ISO 8601 unless the import names another format. */
    DATE,
    /** A point in time, ISO 8601 with offset; without offset the import's zone, UTC by default. */
    INSTANT,
    BOOLEAN,
    /** An ISO 4217 code in use today. */
    CURRENCY,
    /** One of {@link Column#allowed()}, case folded. */
    CHOICE,
    /** Several texts; in CSV separated by {@code |}, in JSON an array. */
    TEXT_LIST,
    /** An IANA time zone. */
    ZONE,
    /** The external id of a record of {@link Column#references()}. */
    REFERENCE
}
