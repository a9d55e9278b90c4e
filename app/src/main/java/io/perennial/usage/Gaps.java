package io.perennial.usage;

import java.time.LocalDate;
import java.util.List;

/** Days of which use is not known because a source was silent. */
record Gaps(List<Gap> days) {

    static final Gaps NONE = new Gaps(List.of());

    private static final int WEEK = 7;

    record Gap(LocalDate first, LocalDate last) {

        boolean covers(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    boolean covers(LocalDate day) {
        return days.stream().anyMatch(gap -> gap.covers(day));
    }

    /**
     * An unknown day counts as the same day of the week before, which is neither a fall nor a rise; as more where more was
     * sent later. In place.
     */
    void fill(double[] series, LocalDate first) {
        if (days.isEmpty()) {
            return;
        }
        for (int day = WEEK; day < series.length; day++) {
            if (covers(first.plusDays(day))) {
                series[day] = Math.max(series[day], series[day - WEEK]);
            }
        }
    }

    /** The day before the last so many known days up to {@code last}; at most as many days more. */
    LocalDate before(int knownDays, LocalDate last) {
        LocalDate day = last;
        int known = 0;
        for (int back = 0; known < knownDays && back < 2 * knownDays; back++) {
            known += covers(day) ? 0 : 1;
            day = day.minusDays(1);
        }
        return day;
    }
}
