package io.perennial.shared;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes until half have got there, as Kaplan and Meier (1958) estimate it: who still waits counts as long as they have
 * waited, and is not dropped, for the mean over those who made it understates. The interval is Brookmeyer and Crowley's (1982), where
 * the bands of the curve on the scale of logarithms cross one half, as the survival package of R gives it by default.
 *
 * @param days null while more than half still wait
 * @param low lower end of the 95 % interval; null where its band does not come down to one half
 * @param high upper end; null where it is open
 */
public record MedianWait(
        @Nullable Double days,
        @Nullable Double low,
        @Nullable Double high) {

    /** Of the interval. */
    public static final double LEVEL = 0.95;

    /** Standard normal quantile of 97.5 %. */
    private static final double Z = 1.959963984540054;

    /** Products of shares of people are not exact. */
    private static final double HALF = 0.5 + 1e-9;

    /** @param waits in any order */
    public static MedianWait of(List<Wait> waits) {
        List<Wait> sorted =
                waits.stream().sorted(Comparator.comparingDouble(Wait::days)).toList();
        Double median = null;
        Double low = null;
        Double high = null;
        double left = 1;
        double greenwood = 0;
        int i = 0;
        while (i < sorted.size()) {
            double moment = sorted.get(i).days();
            long risk = sorted.size() - (long) i;
            long reached = 0;
            while (i < sorted.size() && sorted.get(i).days() == moment) {
                reached += sorted.get(i).reached() ? 1 : 0;
                i++;
            }
            if (reached == 0) {
                continue;
            }
            left *= 1 - (double) reached / risk;
            greenwood += (double) reached / ((double) risk * (risk - reached));
            double reach = Math.exp(Z * Math.sqrt(greenwood));
            median = median == null && left <= HALF ? Double.valueOf(moment) : median;
            // Where nobody is left, the bands are undefined and the curve itself is taken.
            low = low == null && (left == 0 || left / reach <= HALF) ? Double.valueOf(moment) : low;
            high = high == null && left > 0 && left * reach <= HALF ? Double.valueOf(moment) : high;
        }
        return new MedianWait(median, low, high);
    }
}
