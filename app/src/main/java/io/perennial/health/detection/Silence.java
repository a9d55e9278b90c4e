package io.perennial.health.detection;

import org.jspecify.annotations.Nullable;

/**
 * The present gap in use against the account's own gaps, for accounts that do not use the product every day: how likely
 * is a gap this long? Days on which everybody is quiet count less. Gaps are taken as exponential with a rate known from
 * the account's own days of use and drawn a little to {@link #PRIOR_GAP}, so the tail is a Lomax distribution.
 */
final class Silence {

    /** At most this likely, and at most one false alarm a year. */
    private static final double RARE = 0.01;

    private static final double DAYS_A_YEAR = 365;
    private static final double PRIOR_GAP = 4;
    private static final int LEAST_DAYS_OF_USE = 5;
    private static final double COHORT_PRIOR = 30;

    private Silence() {}

    /** @return null when the present gap is nothing unusual */
    static @Nullable Shift find(double[] own, double[] others, int from) {
        double usual = 0;
        for (int i = from; i < own.length; i++) {
            usual += others[i];
        }
        usual /= own.length - from;
        double lived = 0;
        double gap = 0;
        double longest = 0;
        int days = 0;
        int last = from;
        for (int i = from; i < own.length; i++) {
            gap += Math.clamp((others[i] + COHORT_PRIOR) / (usual + COHORT_PRIOR), 0.2, 3);
            if (own[i] > 0) {
                lived += gap;
                longest = i == from ? 0 : Math.max(longest, gap);
                gap = 0;
                days++;
                last = i;
            }
        }
        if (days < LEAST_DAYS_OF_USE) {
            return null;
        }
        double rare = Math.min(RARE, lived / days / DAYS_A_YEAR);
        double shape = 1 + days;
        double scale = PRIOR_GAP + lived;
        gap = 0;
        for (int i = last + 1; i < own.length; i++) {
            gap += Math.clamp((others[i] + COHORT_PRIOR) / (usual + COHORT_PRIOR), 0.2, 3);
            double likely = Math.pow(scale / (scale + gap), shape);
            if (likely < rare && gap > longest) {
                return new Shift(last + 1, i, own.length, -1, -Math.log(likely));
            }
        }
        return null;
    }
}
