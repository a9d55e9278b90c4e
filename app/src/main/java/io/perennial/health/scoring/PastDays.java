package io.perennial.health.scoring;

import java.time.LocalDate;

/** Days seen from one day. Readings are of few days, so a pass over all accounts shares them. */
final class PastDays {

    private static final int KEPT = 512;

    private static volatile PastDays latest = new PastDays(LocalDate.EPOCH);

    private final LocalDate today;
    private final LocalDate[] days = new LocalDate[KEPT];

    private PastDays(LocalDate today) {
        this.today = today;
        for (int age = 0; age < KEPT; age++) {
            days[age] = today.minusDays(age);
        }
    }

    static PastDays of(LocalDate today) {
        PastDays known = latest;
        if (!known.today.equals(today)) {
            known = new PastDays(today);
            latest = known;
        }
        return known;
    }

    /** @param age in days; negative for a day ahead */
    LocalDate before(int age) {
        return age >= 0 && age < KEPT ? days[age] : today.minusDays(age);
    }
}
