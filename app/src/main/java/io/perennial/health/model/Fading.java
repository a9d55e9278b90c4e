package io.perennial.health.model;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How much a reading counts after some days: one half after its half-life. StrictMath, because the last digit must not
 * depend on the machine; what was worked out once is kept, because a recompute asks for the same few ages of every
 * account.
 */
final class Fading {

    private static final int KEPT_HALF_LIVES = 512;
    private static final int KEPT_DAYS = 1_024;

    private static final AtomicReferenceArray<double @Nullable []> KEPT = new AtomicReferenceArray<>(KEPT_HALF_LIVES);

    private Fading() {}

    /** @param age in days, positive */
    static double after(long age, int halfLifeDays) {
        if (age >= KEPT_DAYS || halfLifeDays >= KEPT_HALF_LIVES) {
            return compute(age, halfLifeDays);
        }
        double[] days = KEPT.get(halfLifeDays);
        if (days == null) {
            days = new double[KEPT_DAYS];
            for (int day = 0; day < KEPT_DAYS; day++) {
                days[day] = compute(day, halfLifeDays);
            }
            KEPT.set(halfLifeDays, days);
        }
        return days[(int) age];
    }

    private static double compute(long age, int halfLifeDays) {
        return StrictMath.pow(2, -(double) age / halfLifeDays);
    }
}
