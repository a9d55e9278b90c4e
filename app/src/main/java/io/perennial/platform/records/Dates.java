package io.perennial.platform.records;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Days and points in time: ISO 8601, or the pattern that somebody chose. Never guessed. */
final class Dates {

    private static final Pattern ISO_DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern ISO_MIDNIGHT =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]00:00(?::00(?:\\.0+)?)?");
    private static final Pattern ISO_TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}{1,40}");
    private static final Pattern NUMBERS =
            Pattern.compile("[0-9]{1,2}[./ -][0-9]{1,2}[./ -](?:[0-9]{2}|[0-9]{4})(?: .*)?");
    private static final Pattern TIME_BEHIND = Pattern.compile("(.+?)[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)");
    private static final DateTimeFormatter ISO_LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final ConcurrentHashMap<String, DateTimeFormatter> PATTERNS = new ConcurrentHashMap<>();

    private Dates() {}

    static LocalDate day(Object raw, Records.Formats formats) throws BadValue {
        String text = requireText(raw);
        String pattern = formats.datePattern();
        try {
            if (ISO_DAY.matcher(text).matches() || ISO_MIDNIGHT.matcher(text).matches()) {
                return bounded(LocalDate.parse(text.substring(0, 10)));
            }
            if (pattern != null) {
                return bounded(LocalDate.parse(text, formatter(pattern)));
            }
        } catch (DateTimeException e) {
            throw notADay(pattern);
        }
        throw NUMBERS.matcher(text).matches() ? ambiguous() : notADay(null);
    }

    static Instant instant(Object raw, Records.Formats formats) throws BadValue {
        String text = requireText(raw);
        try {
            if (ISO_TIME.matcher(text).matches()) {
                return isoInstant(text.substring(0, 10) + "T" + text.substring(11), formats.zone());
            }
            if (ISO_DAY.matcher(text).matches()) {
                return bounded(LocalDate.parse(text))
                        .atStartOfDay(formats.zone())
                        .toInstant();
            }
            String pattern = formats.datePattern();
            if (pattern != null) {
                return patternInstant(text, pattern, formats.zone());
            }
        } catch (DateTimeException e) {
            throw notATime();
        }
        throw NUMBERS.matcher(text).matches() ? ambiguous() : notATime();
    }

    private static Instant isoInstant(String text, ZoneId zone) throws BadValue {
        String compact = text.replace(" ", "");
        boolean offset = compact.endsWith("Z")
                || compact.endsWith("z")
                || compact.indexOf('+', 11) > 0
                || compact.indexOf('-', 11) > 0;
        if (!offset) {
            return local(LocalDateTime.parse(compact, ISO_LOCAL), zone);
        }
        // Databases export +00 and +0000 for what ISO 8601 writes +00:00.
        String full =
                compact.replaceFirst("([+-][0-9]{2})$", "$1:00").replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2");
        OffsetDateTime time = OffsetDateTime.parse(full);
        bounded(time.toLocalDate());
        return time.toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant patternInstant(String text, String pattern, ZoneId zone) throws BadValue {
        if (pattern.indexOf('H') >= 0) {
            return local(LocalDateTime.parse(text, formatter(pattern)), zone);
        }
        Matcher time = TIME_BEHIND.matcher(text);
        if (!time.matches()) {
            return bounded(LocalDate.parse(text, formatter(pattern)))
                    .atStartOfDay(zone)
                    .toInstant();
        }
        LocalDate day = LocalDate.parse(time.group(1), formatter(pattern));
        return local(day.atTime(LocalTime.parse(time.group(2))), zone);
    }

    /** An hour that the clocks skipped never was; of an hour that came twice the first is taken. */
    private static Instant local(LocalDateTime time, ZoneId zone) throws BadValue {
        bounded(time.toLocalDate());
        if (zone.getRules().getValidOffsets(time).isEmpty()) {
            throw new BadValue(
                    "no_such_time", "The clocks of %s skipped this time. Write it with its offset.".formatted(zone));
        }
        return time.atZone(zone).toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    /** @throws IllegalArgumentException when this is no pattern of days */
    static DateTimeFormatter formatter(String pattern) {
        return PATTERNS.computeIfAbsent(
                pattern,
                p -> DateTimeFormatter.ofPattern(p.replace('y', 'u'), Locale.ENGLISH)
                        .withResolverStyle(ResolverStyle.STRICT));
    }

    private static String requireText(Object raw) throws BadValue {
        if (raw instanceof String text
                && (plain(text) || ASCII.matcher(text.strip()).matches())) {
            return text.strip();
        }
        throw raw instanceof String ? notADay(null) : new BadValue("wrong_type", "Must be a text such as 2026-03-31.");
    }

    /** Whether it consists of what ISO 8601 is written in: most dates of most files are, and come in millions. */
    private static boolean plain(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > ':') && c != '-' && c != 'T' && c != 'Z' && c != '.') {
                return false;
            }
        }
        return length > 0 && length <= 40;
    }

    private static LocalDate bounded(LocalDate day) throws BadValue {
        if (day.getYear() < Limits.FIRST_YEAR || day.getYear() > Limits.LAST_YEAR) {
            throw new BadValue(
                    "out_of_range",
                    "The year must lie between %d and %d.".formatted(Limits.FIRST_YEAR, Limits.LAST_YEAR));
        }
        return day;
    }

    private static BadValue ambiguous() {
        return new BadValue(
                "ambiguous_date",
                "Which number is the day and which the month? Choose the date format, or write 2026-03-31.");
    }

    private static BadValue notADay(@Nullable String pattern) {
        return new BadValue(
                "not_a_date",
                pattern == null
                        ? "Not a day of the calendar. Write it as 2026-03-31."
                        : "Not a day written as %s. Write it so, or as 2026-03-31.".formatted(pattern));
    }

    private static BadValue notATime() {
        return new BadValue("not_a_time", "Not a point in time. Write it as 2026-03-31T14:05:00Z.");
    }
}
