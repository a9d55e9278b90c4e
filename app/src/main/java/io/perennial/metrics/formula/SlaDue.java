package io.perennial.metrics.formula;

import io.perennial.metrics.BadInput;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.programs.hours.BusinessHours;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a promise is due: working time counted from the creation, by the calendar that programs use too. */
public final class SlaDue {

    private static final BigDecimal LONGEST_HOURS = BigDecimal.valueOf(100_000);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
    private static final Pattern WEEK = Pattern.compile(
            "(?i)(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))? (\\d{1,2})(?::(\\d{2}))?-(\\d{1,2})(?::(\\d{2}))?");
    private static final Pattern WEEKDAY = Pattern.compile("(?i)(mon|tue|wed|thu|fri|sat|sun) (\\d{2}:\\d{2})");
    private static final LocalDate SOME_MONDAY = LocalDate.of(2026, 1, 5);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private SlaDue() {}

    public static Figure due(Inputs inputs) {
        BusinessHours hours = hours(inputs);
        String created = inputs.text("created").strip();
        Matcher weekday = WEEKDAY.matcher(created);
        boolean anyWeek = weekday.matches();
        Instant from =
                anyWeek ? inSomeWeek(weekday, inputs, hours.zone()) : Times.moment(inputs, "created", hours.zone());
        BigDecimal target = inputs.amount("target_hours");
        if (target.compareTo(LONGEST_HOURS) > 0) {
            throw inputs.wrong("target_hours", "out_of_range", "At most 100,000 hours.");
        }
        ZonedDateTime due;
        try {
            due = hours.due(
                            from,
                            Duration.ofSeconds(target.multiply(SECONDS_PER_HOUR).longValue()))
                    .atZone(hours.zone());
        } catch (IllegalStateException e) {
            throw inputs.wrong("holidays", "never_open", "Nobody works for more than 400 days in a row.");
        }
        return Figure.text(
                anyWeek
                        ? due.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + HOUR.format(due)
                        : due.toOffsetDateTime().toString());
    }

    private static Instant inSomeWeek(Matcher weekday, Inputs inputs, ZoneId zone) {
        try {
            return SOME_MONDAY
                    .plusDays(day(weekday.group(1)).getValue() - 1L)
                    .atTime(LocalTime.parse(weekday.group(2)))
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeException e) {
            throw inputs.wrong("created", "bad_time", "Write a weekday as Fri 16:00.");
        }
    }

    private static BusinessHours hours(Inputs inputs) {
        ZoneId zone;
        try {
            zone = ZoneId.of(inputs.text("zone", "UTC"));
        } catch (DateTimeException e) {
            throw inputs.wrong("zone", "unknown_zone", "Write a time zone as Europe/Oslo.");
        }
        Map<DayOfWeek, List<BusinessHours.Span>> week = new EnumMap<>(DayOfWeek.class);
        for (String part : inputs.text("business_hours").split(",", -1)) {
            Matcher words = WEEK.matcher(part.strip());
            if (!words.matches()) {
                throw badHours(inputs);
            }
            int first = day(words.group(1)).getValue();
            int last = words.group(2) == null ? first : day(words.group(2)).getValue();
            for (int passed = 0; passed <= Math.floorMod(last - first, 7); passed++) {
                week.put(DayOfWeek.of((first - 1 + passed) % 7 + 1), List.of(span(words, inputs)));
            }
        }
        Set<LocalDate> holidays = new HashSet<>();
        if (inputs.has("holidays")) {
            for (String day : inputs.text("holidays").split(",", -1)) {
                try {
                    holidays.add(LocalDate.parse(day.strip()));
                } catch (DateTimeException e) {
                    throw inputs.wrong("holidays", "bad_date", "Write days as 2026-12-25, 2026-12-26.");
                }
            }
        }
        return new BusinessHours(zone, week, holidays);
    }

    private static BusinessHours.Span span(Matcher words, Inputs inputs) {
        try {
            return new BusinessHours.Span(
                    minutes(words.group(3), words.group(4)), minutes(words.group(5), words.group(6)));
        } catch (IllegalArgumentException e) {
            throw badHours(inputs);
        }
    }

    private static int minutes(String hour, @org.jspecify.annotations.Nullable String minute) {
        return Integer.parseInt(hour) * 60 + (minute == null ? 0 : Integer.parseInt(minute));
    }

    private static BadInput badHours(Inputs inputs) {
        return inputs.wrong("business_hours", "bad_hours", "Write hours as Mon-Fri 09-17, Sat 10:00-14:00.");
    }

    private static DayOfWeek day(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day ->
                        day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow();
    }
}
