package io.perennial.onboarding;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Time to first value as Kaplan and Meier (1958) estimate it: who still waits is censored, not dropped, for the mean over those who
 * made it understates. The interval of the median is Brookmeyer and Crowley's (1982) on the scale of logarithms, as the survival
 * package of R gives it by default.
 *
 * @param median days by which half of the customers have first value; null when fewer than half have
 * @param low lower end of the 95 % interval; null when it cannot be said @param high the upper end, which may be open
 * @param n customers that started @param reached of them have first value
 * @param plainMedian of those who reached it, as others count it
 */
public record FirstValue(
        @Nullable Integer median,
        @Nullable Integer low,
        @Nullable Integer high,
        int n,
        int reached,
        @Nullable Integer plainMedian) {

    /** Standard normal quantile of 97.5 %. */
    private static final double Z = 1.959963984540054;

    /** @param days since the start, never below zero @param reached false for those who still wait after so many days */
    public record Wait(int days, boolean reached) {}

    public int waiting() {
        return n - reached;
    }

    public static FirstValue of(List<Wait> waits) {
        int[] times = waits.stream().mapToInt(Wait::days).sorted().distinct().toArray();
        double left = 1;
        double greenwood = 0;
        OptionalInt median = OptionalInt.empty();
        OptionalInt low = OptionalInt.empty();
        OptionalInt high = OptionalInt.empty();
        for (int time : times) {
            long atRisk = waits.stream().filter(one -> one.days() >= time).count();
            long made = waits.stream()
                    .filter(one -> one.days() == time && one.reached())
                    .count();
            if (made > 0) {
                left *= 1 - (double) made / atRisk;
                greenwood += atRisk == made ? 0 : (double) made / ((double) atRisk * (atRisk - made));
            }
            double reach = Math.exp(Z * Math.sqrt(greenwood));
            // Who has nobody left has no interval any more: R carries no bound on.
            if (low.isEmpty() && (left == 0 || left / reach <= 0.5)) {
                low = OptionalInt.of(time);
            }
            if (median.isEmpty() && left <= 0.5) {
                median = OptionalInt.of(time);
            }
            if (high.isEmpty() && left > 0 && Math.min(1, left * reach) <= 0.5) {
                high = OptionalInt.of(time);
            }
        }
        List<Integer> made =
                waits.stream().filter(Wait::reached).map(Wait::days).sorted().toList();
        return new FirstValue(
                boxed(median),
                median.isEmpty() ? null : boxed(low),
                boxed(high),
                waits.size(),
                made.size(),
                made.isEmpty()
                        ? null
                        : (int) Math.round((made.get((made.size() - 1) / 2) + made.get(made.size() / 2)) / 2.0));
    }

    private static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
