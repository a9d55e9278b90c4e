package io.perennial.health.detection;

import org.apache.commons.math3.special.Beta;

/**
 * Too many and too few requests for help, against what this account usually asks. Its rate is known from its own weeks,
 * drawn to the cohort's as long as they are few (gamma), so the count to expect is negative binomial and every chance
 * below is exact:
 *
 * <pre>
 * rate | history ~ Gamma(a + sum of history, a / mu + weeks of history),   a = mu0^2 / variance,  mu = mu0 * exposure
 * sub-score      = 100 * (1 - |2 F - 1|^3),   F = P(fewer) + P(as many) / 2
 * </pre>
 *
 * "Too few" says little for small accounts, which is why it also looks at 13 weeks (with twice the chance, because it
 * looks twice) and why it means something only together with falling use.
 */
public final class RequestModeration {

    /** Weeks of the present, and of the longer present by which too few are told. */
    static final int WEEKS = 4;

    static final int LONG = 13;

    /** Where nobody ever asked, one request in two years is the least to expect: no count is infinitely unlikely. */
    private static final double LEAST_MEAN = 0.01;

    private static final double LEAST_SHAPE = 0.25;
    private static final double MOST_SHAPE = 50;

    private RequestModeration() {}

    /**
     * @param weekly requests per week, oldest first, the last being the week that just ended; 30 weeks are enough
     * @param exposure size of the account in the cohort's unit, e.g. seats / mean seats; 1 when unknown
     */
    public static Moderation assess(int[] weekly, CohortMoments cohort, double exposure) {
        double mean = Math.max(LEAST_MEAN, cohort.mean() * Math.max(0, exposure));
        double shape = cohort.variance() <= 0
                ? MOST_SHAPE
                : Math.clamp(cohort.mean() * cohort.mean() / cohort.variance(), LEAST_SHAPE, MOST_SHAPE);
        Prediction four = Prediction.of(weekly, Math.min(WEEKS, weekly.length), mean, shape);
        double low = four.atMost();
        if (weekly.length >= 2 * LONG) {
            double longer = Prediction.of(weekly, LONG, mean, shape).atMost();
            low = Math.min(1, 2 * Math.min(low, longer));
        }
        double off = Math.abs(four.atMost() + four.fewer() - 1);
        double subScore = 100 * (1 - off * off * off);
        return new Moderation(1 - four.fewer(), low, subScore, four.expected(), four.actual());
    }

    /** The count of the last weeks beside what the weeks before it let expect. */
    private record Prediction(int actual, double size, double chance, double expected) {

        static Prediction of(int[] weekly, int present, double mean, double shape) {
            int history = weekly.length - present;
            long before = 0;
            int actual = 0;
            for (int i = 0; i < weekly.length; i++) {
                if (i < history) {
                    before += weekly[i];
                } else {
                    actual += weekly[i];
                }
            }
            double size = shape + before;
            double rate = shape / mean + history;
            return new Prediction(actual, size, rate / (rate + present), size / rate * present);
        }

        double atMost() {
            return upTo(actual);
        }

        double fewer() {
            return actual == 0 ? 0 : upTo(actual - 1);
        }

        /** Negative binomial distribution function for a size that need not be whole. */
        private double upTo(int count) {
            return chance >= 1 ? 1 : Beta.regularizedBeta(chance, size, count + 1.0);
        }
    }
}
