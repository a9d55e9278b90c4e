package io.perennial.usage;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One account's use as measures read it; windows are the last 28 and the 28 days before, up to the cohort's last day.
 *
 * @param events per day of the cohort's window, oldest first
 * @param activeUsers the same; 0 where unknown
 * @param firstUsedOn when it lies within the months of the window; else some day before them
 * @param lastUsedOn up to and including today
 * @param eventsOfKnownUsers events of the last 28 days on days whose active users are known, and those users
 * @param named distinct logins in the last 28 days
 * @param loginDays days on which each of them came, added up
 * @param mostActive most active users of a day in the last 28 days, null when nothing is known about users
 * @param features used in the last 28 days
 * @param seats sold, null when no contract says
 */
record AccountUse(
        UUID account,
        double[] events,
        double[] activeUsers,
        LocalDate firstUsedOn,
        LocalDate lastUsedOn,
        long eventsOfKnownUsers,
        long userDays,
        int named,
        long loginDays,
        @Nullable Integer mostActive,
        int features,
        @Nullable Long seats) {

    /** Companies that send only active users have no events; their users are the series then. */
    boolean countedInUsers() {
        for (double day : events) {
            if (day > 0) {
                return false;
            }
        }
        return true;
    }

    double[] series() {
        return countedInUsers() ? activeUsers : events;
    }

    /** Sum of the days from {@code from} to before {@code to}, counted back from the end of the window. */
    double sum(int from, int to) {
        double[] series = series();
        double sum = 0;
        for (int back = to; back < from; back++) {
            sum += series[series.length - 1 - back];
        }
        return sum;
    }

    /** Events, also where users are the series. */
    long events(int from, int to) {
        double sum = 0;
        for (int back = to; back < from; back++) {
            sum += events[events.length - 1 - back];
        }
        return Math.round(sum);
    }

    /** Logins of a mean day over those of all 28: DAU/MAU. Null where nothing is known about single logins. */
    @Nullable
    Double stickiness() {
        return named == 0 ? null : Double.valueOf(Math.min(1, (double) loginDays / UsageMeasures.WINDOW / named));
    }

    @Nullable
    Integer active28() {
        return named > 0 ? Integer.valueOf(Math.max(named, mostActive == null ? 0 : mostActive)) : mostActive;
    }
}
