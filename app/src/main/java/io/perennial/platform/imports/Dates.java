package io.perennial.platform.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dates of one column. ISO 8601 is always understood, with a blank for the T too; a pattern is understood
 * beside it. What is read becomes ISO 8601, so that nothing behind the import knows of patterns.
 */
final class Dates {

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseStrict()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendPattern("[' '][XXX][XX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern YEAR_OF_ERA = Pattern.compile("y");

    private final @Nullable DateTimeFormatter pattern;
    private final ZoneId zone;

    Dates(@Nullable String pattern, ZoneId zone) {
        this.pattern = pattern == null ? null : formatter(pattern);
        this.zone = zone;
    }

    /** @throws IllegalArgumentException when the text is no pattern */
    static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(YEAR_OF_ERA.matcher(pattern).replaceAll("u"))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** ISO date; a time of day is dropped. Empty when the text is no date in a known format. */
    Optional<String> day(String text) {
        return read(text).map(time -> LocalDate.from(time).toString());
    }

    /** ISO instant in UTC; a text without offset is in the import's zone, one without time is its midnight there. */
    Optional<String> instant(String text) {
        return read(text).map(time -> instant(time).toString());
    }

    private Instant instant(TemporalAccessor time) {
        return switch (time) {
            case OffsetDateTime exact -> exact.toInstant();
            case ZonedDateTime exact -> exact.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            default -> LocalDate.from(time).atStartOfDay(zone).toInstant();
        };
    }

    private Optional<TemporalAccessor> read(String text) {
        Optional<TemporalAccessor> iso = read(ISO, text);
        return iso.isPresent() || pattern == null ? iso : read(pattern, text);
    }

    private static Optional<TemporalAccessor> read(DateTimeFormatter format, String text) {
        // Most values are no dates in one of the formats: look before paying for an exception.
        if (format.parseUnresolved(text, new java.text.ParsePosition(0)) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(format.parseBest(
                    text, OffsetDateTime::from, ZonedDateTime::from, LocalDateTime::from, LocalDate::from));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        } catch (DateTimeException incomplete) {
            return Optional.empty();
        }
    }
}
