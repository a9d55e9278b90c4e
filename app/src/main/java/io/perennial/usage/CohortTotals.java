package io.perennial.usage;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What everybody did, day by day, up to the last day known.
 *
 * @param first the date of index 0
 * @param last the last finished day with any use: windows end here, so that a feed that lags or has stopped does not
 *     look like customers who stopped
 * @param features known by then
 */
record CohortTotals(LocalDate first, LocalDate last, double[] events, double[] activeUsers, int features) {

    record Day(LocalDate day, long events, long activeUsers, int features) {}

    static CohortTotals of(List<Day> days, int length) {
        LocalDate last = days.getLast().day();
        LocalDate first = last.minusDays(length - 1L);
        double[] events = new double[length];
        double[] users = new double[length];
        for (Day day : days) {
            int index = (int) ChronoUnit.DAYS.between(first, day.day());
            events[index] = day.events();
            users[index] = day.activeUsers();
        }
        return new CohortTotals(first, last, events, users, days.getLast().features());
    }

    /** Days on which a source was silent count as the week before, so that others do not seem to rise. In place. */
    void fill(Gaps gaps) {
        gaps.fill(events, first);
        gaps.fill(activeUsers, first);
    }

    /** Everybody else's totals. */
    double[] without(double[] own, boolean inUsers) {
        double[] all = inUsers ? activeUsers : events;
        double[] others = new double[all.length];
        for (int day = 0; day < all.length; day++) {
            others[day] = Math.max(0, all[day] - own[day]);
        }
        return others;
    }

    /** Events per active user and day over the last days; 0 when nothing is known about users. */
    double depth(int days) {
        double sum = 0;
        double users = 0;
        for (int day = events.length - days; day < events.length; day++) {
            if (activeUsers[day] > 0) {
                sum += events[day];
                users += activeUsers[day];
            }
        }
        return users == 0 ? 0 : sum / users;
    }
}
