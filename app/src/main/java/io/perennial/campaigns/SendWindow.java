package io.perennial.campaigns;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Hours of the week in which somebody is written to, on their own clock.
 *
 * @param fromHour 0 to 23, itself in it
 * @param toHour 1 to 24, itself not in it
 * @param days a bit for each day of the week, Monday lowest; at least one
 */
record SendWindow(int fromHour, int toHour, int days) {

    private static final int DAYS_TO_LOOK_AT = 9;
    private static final int DAY = 24;

    /** @throws IllegalArgumentException when no moment lies in it */
    SendWindow {
        if (fromHour < 0 || fromHour > 23 || toHour <= fromHour || toHour > DAY || days < 1 || days > 127) {
            throw new IllegalArgumentException("Nobody could ever be written to in these hours.");
        }
    }

    /** @return {@code now} when it lies in the window, else when the window next opens */
    Instant next(Instant now, ZoneId zone) {
        ZonedDateTime there = now.atZone(zone);
        for (int ahead = 0; ahead < DAYS_TO_LOOK_AT; ahead++) {
            LocalDate day = there.toLocalDate().plusDays(ahead);
            if (!includes(day.getDayOfWeek())) {
                continue;
            }
            // An hour that a zone leaves out in spring begins when it is over.
            Instant opens = day.atTime(fromHour, 0).atZone(zone).toInstant();
            Instant closes = toHour == DAY
                    ? day.plusDays(1).atStartOfDay(zone).toInstant()
                    : day.atTime(LocalTime.of(toHour, 0)).atZone(zone).toInstant();
            if (now.isBefore(closes) && opens.isBefore(closes)) {
                return now.isBefore(opens) ? opens : now;
            }
        }
        return now; // A zone that left out all these hours would keep a letter for ever.
    }

    boolean includes(DayOfWeek day) {
        return (days >> (day.getValue() - 1) & 1) == 1;
    }
}
