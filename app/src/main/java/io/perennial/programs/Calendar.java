package io.perennial.programs;

import io.perennial.programs.hours.BusinessHours;
import io.perennial.programs.hours.BusinessHours.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When people work, as it is written down.
 *
 * @param id null for the hours that the product assumes until a company says its own
 * @param week hours of each weekday as text, {@code 09:00-12:00, 13:00-17:00}; no entry or blank: closed
 * @param holidays by day, with their names
 * @param house whether it counts where no program says otherwise
 */
public record Calendar(
        @Nullable UUID id,
        String name,
        String zone,
        Map<DayOfWeek, String> week,
        SortedMap<LocalDate, String> holidays,
        boolean house) {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,2}):(\\d{2})\\s*[-–]\\s*(\\d{1,2}):(\\d{2})");

    /** Monday to Friday, 9 to 17 UTC: what counts until a company names its hours. */
    static final Calendar STANDARD = standard();

    /** Why a calendar cannot be used, in a sentence for the person. */
    public static final class NoCalendar extends RuntimeException {
        public NoCalendar(String message) {
            super(message);
        }
    }

    public Calendar {
        week = week.isEmpty() ? Map.of() : new EnumMap<>(week);
        holidays = new TreeMap<>(holidays);
    }

    /** @throws NoCalendar when zone or hours cannot be read, or nobody ever works */
    public BusinessHours hours() {
        Map<DayOfWeek, List<Span>> spans = new EnumMap<>(DayOfWeek.class);
        week.forEach((day, text) -> spans.put(day, spans(day, text)));
        try {
            return new BusinessHours(ZoneId.of(zone), spans, holidays.keySet());
        } catch (DateTimeException e) {
            throw new NoCalendar("There is no time zone " + zone + ". Write it like Europe/Oslo.");
        } catch (IllegalArgumentException e) {
            throw new NoCalendar(Objects.requireNonNullElse(e.getMessage(), "These hours cannot be used."));
        }
    }

    /** {@code Mon to Fri 09:00-17:00, Europe/Oslo}: weekdays with equal hours together. */
    public String words() {
        List<String> parts = new ArrayList<>();
        DayOfWeek[] days = DayOfWeek.values();
        for (int from = 0; from < days.length; ) {
            String hours = week.getOrDefault(days[from], "").strip();
            int to = from;
            while (to + 1 < days.length
                    && week.getOrDefault(days[to + 1], "").strip().equals(hours)) {
                to++;
            }
            if (!hours.isEmpty()) {
                parts.add(brief(days[from]) + (to > from ? " to " + brief(days[to]) : "") + " "
                        + (hours.equals("00:00-24:00") ? "around the clock" : hours));
            }
            from = to + 1;
        }
        return parts.stream().collect(Collectors.joining(", ")) + ", " + zone;
    }

    private static List<Span> spans(DayOfWeek day, String text) {
        List<Span> spans = new ArrayList<>();
        if (text.isBlank()) {
            return spans;
        }
        for (String part : text.split(",", -1)) {
            Matcher span = SPAN.matcher(part.strip());
            if (!span.matches()) {
                throw new NoCalendar("The hours of " + name(day) + " cannot be read: " + part.strip()
                        + ". Write them like 09:00-12:00, 13:00-17:00.");
            }
            try {
                spans.add(new Span(minutes(span.group(1), span.group(2)), minutes(span.group(3), span.group(4))));
            } catch (IllegalArgumentException e) {
                throw new NoCalendar("The hours of " + name(day) + " end before they begin: " + part.strip() + ".");
            }
        }
        return spans;
    }

    private static int minutes(String hour, String minute) {
        int minutes = Integer.parseInt(minute);
        if (minutes > 59) {
            throw new IllegalArgumentException("An hour has 60 minutes.");
        }
        return Integer.parseInt(hour) * 60 + minutes;
    }

    public static String name(DayOfWeek day) {
        return day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static String brief(DayOfWeek day) {
        return name(day).substring(0, 3);
    }

    private static Calendar standard() {
        Map<DayOfWeek, String> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.compareTo(DayOfWeek.SATURDAY) < 0) {
                week.put(day, "09:00-17:00");
            }
        }
        return new Calendar(null, "Standard hours", "UTC", week, new TreeMap<>(), true);
    }
}
