package io.perennial.platform.imports;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the dates of one field read: as days or as points in time. */
final class FieldDates {

    private final Dates dates;
    private final boolean instant;
    private String lastText = "";
    private Optional<String> lastRead = Optional.empty();

    private FieldDates(Dates dates, boolean instant) {
        this.dates = dates;
        this.instant = instant;
    }

    /** @return null when the field holds no dates */
    static @Nullable FieldDates of(@Nullable Column column, Mapping mapping) {
        return column == null || !MappingSuggestion.isDate(column)
                ? null
                : new FieldDates(
                        new Dates(mapping.datePattern(column.name()), mapping.zoneId()),
                        column.type() == ColumnType.INSTANT);
    }

    /** ISO 8601; empty when the text is no date in a known format. */
    Optional<String> read(String text) {
        // Rows of a day stand together in most files, and reading a date costs more than the rest of its row.
        if (!text.equals(lastText)) {
            lastRead = instant ? dates.instant(text) : dates.day(text);
            lastText = text;
        }
        return lastRead;
    }

    /** Of two dates that were read. Instants come with and without fractions, which do not sort as text. */
    boolean isBefore(String one, String other) {
        return instant ? Instant.parse(one).isBefore(Instant.parse(other)) : one.compareTo(other) < 0;
    }
}
