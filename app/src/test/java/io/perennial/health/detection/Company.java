package io.perennial.health.detection;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Random;

/** A small vendor whose customers use the product on working days; seeded, so every run sees the same year. */
final class Company {

    static final LocalDate FIRST_DAY = LocalDate.of(2026, 7, 27);
    static final int DAYS = 120;
    private static final double WEEKEND = 0.3;

    private final Random luck;
    private final double[] holiday = new double[DAYS];

    Company(long seed) {
        luck = new Random(seed);
        Arrays.fill(holiday, 1);
    }

    /** Everybody does so much less from that day on. */
    Company onHoliday(int from, int days, double left) {
        Arrays.fill(holiday, from, from + days, left);
        return this;
    }

    /** What all other customers did. */
    double[] others() {
        return use(2_000);
    }

    double[] use(double aDay) {
        return falling(aDay, DAYS, 1);
    }

    /** Uses the product so often a day until a day from which only a share is left. */
    double[] falling(double aDay, int from, double left) {
        double[] use = new double[DAYS];
        for (int day = 0; day < DAYS; day++) {
            boolean weekend = FIRST_DAY.plusDays(day).getDayOfWeek().getValue() > 5;
            double mean = aDay * (weekend ? WEEKEND : 1) * holiday[day] * (day >= from ? left : 1);
            use[day] = Math.max(0, Math.round(mean + Math.sqrt(mean + mean * mean / 25) * luck.nextGaussian()));
        }
        return use;
    }

    static LocalDate day(int day) {
        return FIRST_DAY.plusDays(day);
    }
}
