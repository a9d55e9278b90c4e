package io.perennial.health.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a model counts one measure.
 *
 * @param measure id, e.g. {@code usage_trend}
 * @param group heading under which it is shown; the weight of a group is the sum of its measures
 * @param weight points, 0 or more; advised to sum to 100 over the model
 * @param halfLifeDays after that many days a reading counts half; 0: it does not fade
 * @param expiresAfterDays an older reading is as good as none; 0: never
 * @param remedy what to do when the measure is bad, for people
 */
public record MeasureRule(
        String measure,
        String group,
        double weight,
        Curve curve,
        int halfLifeDays,
        int expiresAfterDays,
        @Nullable String remedy) {

    /** A fact dated tomorrow may be a matter of time zones; one dated later must not be known yet. */
    private static final int TOLERATED_FUTURE_DAYS = 1;

    /** Days since the fact; negative for a fact dated ahead. */
    static long age(Reading reading, LocalDate today) {
        return today.toEpochDay() - reading.observedOn().toEpochDay();
    }

    boolean expired(long age) {
        return expiresAfterDays > 0 && age > expiresAfterDays;
    }

    static boolean fromTheFuture(long age) {
        return age < -TOLERATED_FUTURE_DAYS;
    }

    /** 1 today, one half after the half-life. */
    double confidence(long age) {
        return halfLifeDays == 0 || age <= 0 ? 1 : Fading.after(age, halfLifeDays);
    }
}
