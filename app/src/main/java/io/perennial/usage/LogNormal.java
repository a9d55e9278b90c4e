package io.perennial.usage;

import io.perennial.usage.Durations.Observed;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A log-normal curve for where too few have finished for one of their own: by maximum likelihood, with those still open as
 * "longer than this", and drawn to the curve of all segments.
 *
 * @param mean of the logarithm of seconds
 * @param deviation of the same
 */
record LogNormal(double mean, double deviation) implements Curve {

    /** Fewer finished ones say nothing. */
    static final int LEAST = 5;

    /** The common curve counts like so many of the segment's own. */
    static final double PULL = 10;

    private static final double NARROWEST = 0.05;
    private static final double EXACT = 1e-10;
    private static final int ROUNDS = 2_000;
    /** What finished on the day it began and of which only the day is known took half a day, more or less. */
    private static final double SAME_DAY = 43_200;

    /** @param common curve of all segments; null for the fit of all segments itself, which needs some who finished */
    static LogNormal fit(List<Observed> all, @Nullable LogNormal common) {
        double pull = common == null ? 0 : PULL;
        double commonMean = common == null ? 0 : common.mean;
        double commonVariance = common == null ? 0 : common.deviation * common.deviation;
        double mean = common == null ? start(all) : commonMean;
        double deviation = common == null ? 1 : common.deviation;
        double weight = pull + all.stream().mapToInt(Observed::count).sum();
        for (int round = 0; round < ROUNDS; round++) {
            double sum = pull * commonMean;
            double squares = pull * (commonVariance + commonMean * commonMean);
            for (Observed one : all) {
                double log = log(one.seconds());
                double expected = log;
                double expectedSquare = log * log;
                if (!one.finished()) {
                    double z = (log - mean) / deviation;
                    double hazard = Normal.hazard(z);
                    expected = mean + deviation * hazard;
                    expectedSquare = expected * expected + deviation * deviation * (1 + z * hazard - hazard * hazard);
                }
                sum += one.count() * expected;
                squares += one.count() * expectedSquare;
            }
            double nextMean = sum / weight;
            double nextDeviation = Math.max(NARROWEST, Math.sqrt(Math.max(0, squares / weight - nextMean * nextMean)));
            boolean settled = Math.abs(nextMean - mean) < EXACT && Math.abs(nextDeviation - deviation) < EXACT;
            mean = nextMean;
            deviation = nextDeviation;
            if (settled) {
                break;
            }
        }
        return new LogNormal(mean, deviation);
    }

    private static double start(List<Observed> all) {
        double sum = 0;
        int count = 0;
        for (Observed one : all) {
            sum += one.count() * log(one.seconds());
            count += one.count();
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double log(long seconds) {
        return Math.log(seconds <= 0 ? SAME_DAY : seconds);
    }

    @Override
    public OptionalLong quantile(double share) {
        return OptionalLong.of(Math.round(Math.min(1e15, Math.exp(mean + deviation * Normal.quantile(share)))));
    }

    @Override
    public double open(long seconds) {
        return seconds <= 0 ? 1 : Normal.above((Math.log(seconds) - mean) / deviation);
    }
}
