package io.perennial.programs.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.programs.hours.BusinessHours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** An answer is due after so much working time, whatever the zone, the season and the holidays. */
class BusinessHoursTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "America/Sao_Paulo",
            "Pacific/Apia",
            "Africa/Cairo",
            "UTC");

    private static final BusinessHours OFFICE = office(BERLIN, Set.of());

    @Test
    void fourHoursFromFridayAfternoonEndOnMonday() {
        assertThat(OFFICE.due(berlin("2026-11-20T16:00"), Duration.ofHours(4))).isEqualTo(berlin("2026-11-23T12:00"));
    }

    @Test
    void fourHoursFromThursdayAfternoonEndOnFriday() {
        assertThat(OFFICE.due(berlin("2026-11-19T15:00"), Duration.ofHours(4))).isEqualTo(berlin("2026-11-20T11:00"));
    }

    @Test
    void whoAsksAtNightIsAnsweredFromTheMorning() {
        assertThat(OFFICE.due(berlin("2026-11-17T22:00"), Duration.ofHours(1))).isEqualTo(berlin("2026-11-18T10:00"));
        assertThat(OFFICE.isOpen(berlin("2026-11-17T22:00"))).isFalse();
        assertThat(OFFICE.isOpen(berlin("2026-11-18T09:00"))).isTrue();
        assertThat(OFFICE.isOpen(berlin("2026-11-18T17:00"))).isFalse();
    }

    @Test
    void aTargetThatFitsTheDayExactlyEndsAtItsClosing() {
        assertThat(OFFICE.due(berlin("2026-11-18T13:00"), Duration.ofHours(4))).isEqualTo(berlin("2026-11-18T17:00"));
    }

    @Test
    void aHolidayIsNoWorkingDay() {
        BusinessHours hours = office(BERLIN, Set.of(LocalDate.of(2026, 12, 25)));
        assertThat(hours.due(berlin("2026-12-24T16:00"), Duration.ofHours(2))).isEqualTo(berlin("2026-12-28T10:00"));
    }

    @Test
    void theNightOnWhichClocksChangeIsAsLongAsItReallyWas() {
        BusinessHours always = BusinessHours.always(BERLIN);
        assertThat(always.worked(berlin("2026-03-29T00:00"), berlin("2026-03-30T00:00")))
                .isEqualTo(Duration.ofHours(23));
        assertThat(always.worked(berlin("2026-10-25T00:00"), berlin("2026-10-26T00:00")))
                .isEqualTo(Duration.ofHours(25));
        BusinessHours nights =
                new BusinessHours(BERLIN, Map.of(DayOfWeek.SUNDAY, List.of(new Span(2 * 60 + 30, 4 * 60))), Set.of());
        assertThat(nights.worked(berlin("2026-03-29T00:00"), berlin("2026-03-30T00:00")))
                .isEqualTo(Duration.ofHours(1));
        assertThat(nights.worked(berlin("2026-10-25T00:00"), berlin("2026-10-26T00:00")))
                .isEqualTo(Duration.ofMinutes(150));
    }

    @Test
    void aRepeatedHourBetweenTwoShiftsCountsOnce() {
        BusinessHours shifts = new BusinessHours(
                BERLIN,
                Map.of(DayOfWeek.SUNDAY, List.of(new Span(0, 2 * 60 + 30), new Span(2 * 60 + 30, 5 * 60))),
                Set.of());
        assertThat(shifts.worked(berlin("2026-10-25T00:00"), berlin("2026-10-25T05:00")))
                .isEqualTo(Duration.ofHours(6));
        assertThat(shifts.due(berlin("2026-10-25T00:00"), Duration.ofHours(6))).isEqualTo(berlin("2026-10-25T05:00"));
    }

    @Test
    void hoursThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BusinessHours(BERLIN, Map.of(), Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Span(600, 600));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BusinessHours(
                        BERLIN, Map.of(DayOfWeek.MONDAY, List.of(new Span(540, 720), new Span(700, 900))), Set.of()))
                .withMessageContaining("overlap");
    }

    @RepeatedTest(300)
    void workingTimeAddsUpWhateverTheCalendar(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        BusinessHours hours = anyHours(random);
        Instant from = anyInstant(random);
        Duration working = Duration.ofSeconds(1 + random.nextInt(200 * 3600));

        Instant due = hours.due(from, working);

        assertThat(hours.worked(from, due)).isEqualTo(working);
        assertThat(hours.worked(from, due.minusNanos(1))).isLessThan(working);
        Instant between =
                from.plusSeconds(random.nextLong(1, Duration.between(from, due).toSeconds() + 2));
        assertThat(hours.worked(from, between).plus(hours.worked(between, due)))
                .isEqualTo(between.isAfter(due) ? hours.worked(from, between) : working);
        Duration first = Duration.ofSeconds(random.nextLong(1, working.toSeconds() + 1));
        assertThat(hours.due(hours.due(from, first), working.minus(first))).isEqualTo(due);
    }

    @RepeatedTest(40)
    void everyMinuteIsEitherWorkedOrNot(RepetitionInfo repetition) {
        Random random = new Random(1_000 + repetition.getCurrentRepetition());
        BusinessHours hours = anyHours(random);
        Instant from = anyInstant(random).truncatedTo(ChronoUnit.MINUTES);
        Instant to = from.plus(Duration.ofDays(3));

        long open = 0;
        for (Instant minute = from; minute.isBefore(to); minute = minute.plusSeconds(60)) {
            if (hours.isOpen(minute)) {
                open++;
            }
        }

        assertThat(hours.worked(from, to)).isEqualTo(Duration.ofMinutes(open));
    }

    private static BusinessHours office(ZoneId zone, Set<LocalDate> holidays) {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.compareTo(DayOfWeek.FRIDAY) <= 0) {
                week.put(day, List.of(new Span(9 * 60, 17 * 60)));
            }
        }
        return new BusinessHours(zone, week, holidays);
    }

    private static BusinessHours anyHours(Random random) {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            List<Span> spans = new ArrayList<>();
            int minute = 0;
            while (random.nextInt(3) > 0 && minute < 1_400) {
                int opens = minute + random.nextInt(Math.min(300, 1_439 - minute));
                int closes = opens + 1 + random.nextInt(1_440 - opens);
                spans.add(new Span(opens, closes));
                minute = closes;
            }
            week.put(day, spans);
        }
        week.put(
                DayOfWeek.of(1 + random.nextInt(7)), List.of(new Span(random.nextInt(700), 720 + random.nextInt(721))));
        Set<LocalDate> holidays = new HashSet<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            holidays.add(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365)));
        }
        return new BusinessHours(ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))), week, holidays);
    }

    /** Half of them near a change of the clocks somewhere. */
    private static Instant anyInstant(Random random) {
        Instant day = random.nextBoolean()
                ? Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(365)))
                : Instant.parse(List.of(
                                "2026-03-08T00:00:00Z",
                                "2026-03-28T12:00:00Z",
                                "2026-10-24T12:00:00Z",
                                "2011-12-29T00:00:00Z")
                        .get(random.nextInt(4)));
        return day.plusSeconds(random.nextInt(86_400));
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
