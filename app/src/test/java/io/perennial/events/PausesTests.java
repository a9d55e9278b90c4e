package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.events.Pauses.Hour;
import io.perennial.events.Pauses.State;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a source is called silent. */
class PausesTests {

    private static final LocalDate MONDAY = LocalDate.of(2026, 10, 19);

    @Test
    void aWeekendIsAPause() {
        Pauses office = office(7 * 5); // until Friday, 20 November, 17:30

        assertThat(office.last()).isEqualTo("2026-11-20T17:30:00Z");
        assertThat(office.at(at("2026-11-21T12:00:00Z"))).isEqualTo(State.SPEAKS);
        assertThat(office.at(at("2026-11-22T12:00:00Z"))).isEqualTo(State.PAUSES);
        assertThat(office.at(at("2026-11-23T08:00:00Z"))).isEqualTo(State.PAUSES);
        assertThat(office.at(at("2026-11-23T09:40:00Z"))).isEqualTo(State.SILENT);
    }

    @Test
    void whoSpeaksEveryHourIsSilentAfterADay() {
        List<Hour> hours = new ArrayList<>();
        for (Instant hour = at("2026-11-01T00:00:00Z"); hour.isBefore(at("2026-11-20T00:00:00Z")); hour = later(hour)) {
            hours.add(new Hour(hour, hour.plusSeconds(3_000)));
        }
        Pauses always = Pauses.of(hours, Set.of()).orElseThrow();

        assertThat(always.at(at("2026-11-20T23:49:00Z"))).isEqualTo(State.SPEAKS);
        assertThat(always.at(at("2026-11-20T23:51:00Z"))).isEqualTo(State.SILENT);
    }

    @Test
    void whoHasSpokenForSixDaysHasNoHabitYet() {
        Pauses fresh = office(6);

        assertThat(fresh.at(at("2027-01-01T00:00:00Z"))).isEqualTo(State.SPEAKS);
    }

    @Test
    void aSilenceThatWasToldOfIsNoHabit() {
        List<Hour> hours = new ArrayList<>(hours(MONDAY, 12));
        Instant before = hours.getLast().last();
        hours.addAll(hours(MONDAY.plusDays(19), 12)); // a week of nothing between

        assertThat(Pauses.of(hours, Set.of()).orElseThrow().longest()).isGreaterThan(Duration.ofDays(7));
        assertThat(Pauses.of(hours, Set.of(before)).orElseThrow().longest()).isLessThan(Duration.ofDays(4));
    }

    private static Pauses office(int days) {
        return Pauses.of(hours(MONDAY, days), Set.of()).orElseThrow();
    }

    /** Every hour from eight to half past five on working days. */
    private static List<Hour> hours(LocalDate first, int days) {
        List<Hour> hours = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            LocalDate date = first.plusDays(day);
            if (date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0) {
                continue;
            }
            for (int hour = 8; hour <= 17; hour++) {
                Instant from = date.atTime(hour, 0).toInstant(ZoneOffset.UTC);
                hours.add(new Hour(from, from.plusSeconds(1_800)));
            }
        }
        return hours;
    }

    private static Instant later(Instant hour) {
        return hour.plus(Duration.ofHours(1));
    }

    private static Instant at(String moment) {
        return Instant.parse(moment);
    }
}
