package io.perennial.health.detection;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Falling usage. */
public final class FallingUsage {

    private FallingUsage() {}

    /**
     * The fall that still stands on the last day, if one does.
     *
     * @param daily the account's events (or active users) per day, oldest first; about 120 days
     * @param othersDaily everybody else's total on the same days
     * @param firstDay the date of {@code daily[0]}
     */
    public static Optional<Drop> detect(double[] daily, double[] othersDaily, LocalDate firstDay) {
        List<Drop> drops = drops(daily, othersDaily, firstDay);
        return drops.isEmpty() ? Optional.empty() : Optional.of(drops.getLast());
    }

    /** Every fall in the days given, also those that have recovered. */
    public static List<Drop> drops(double[] daily, double[] othersDaily, LocalDate firstDay) {
        return List.of();
    }

    /** The growth that still stands on the last day: the mirror of {@link #detect}. */
    public static Optional<Rise> detectGrowth(double[] daily, double[] othersDaily, LocalDate firstDay) {
        return Optional.empty();
    }
}
