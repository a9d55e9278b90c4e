package io.perennial.health.detection;

import java.util.Arrays;

/**
 * What to expect of an account on a step: its own level and weekly pattern, times what everybody else did on that very
 * step against the same weekdays of the window. A holiday of all is therefore nobody's fall.
 */
final class Baseline {

    /** Pattern of the cohort counts like this many seasons of the account's own. */
    private static final double PATTERN_PRIOR = 4;

    /** Events by which a tiny cohort is steadied: with few others, their luck must not become the expectation. */
    private static final double COHORT_PRIOR = 30;

    private static final double LEAST_COHORT = 0.2;
    private static final double MOST_COHORT = 3;
    private static final double LEAST_DISPERSION = 1;
    private static final double MOST_DISPERSION = 40;

    private final double[] own;
    private final double[] others;
    private final Rhythm rhythm;
    private final int from;
    private final boolean[] left;
    private final double[] ownSum;
    private final double[] othersSum;
    private final int[] count;
    private int at = -1;
    private double level;
    private double othersMean;
    private double dispersion = MOST_DISPERSION;

    /** @param from first step of any use; before it there was no customer to learn from */
    Baseline(double[] own, double[] others, int from, Rhythm rhythm) {
        this.own = own;
        this.others = others;
        this.from = from;
        this.rhythm = rhythm;
        this.left = new boolean[own.length];
        this.ownSum = new double[rhythm.season()];
        this.othersSum = new double[rhythm.season()];
        this.count = new int[rhythm.season()];
    }

    /** Leaves steps out of everything that is learned from now on. */
    void leaveOut(int first, int last) {
        for (int i = first; i <= last; i++) {
            left[i] = true;
        }
        at = -1;
    }

    /** Stands on a step and knows what its window teaches. */
    void moveTo(int step) {
        if (at >= 0 && step == at + 1) {
            add(step - rhythm.lag() - 1, 1);
            add(step - rhythm.lag() - 1 - rhythm.window(), -1);
        } else {
            Arrays.fill(ownSum, 0);
            Arrays.fill(othersSum, 0);
            Arrays.fill(count, 0);
            for (int i = step - rhythm.lag() - rhythm.window(); i < step - rhythm.lag(); i++) {
                add(i, 1);
            }
            at = -1;
        }
        boolean fresh = at < 0;
        at = step;
        level = 0;
        othersMean = 0;
        for (int w = 0; w < count.length; w++) {
            if (count[w] > 0) {
                level += ownSum[w] / count[w];
                othersMean += othersSum[w] / count[w];
            }
        }
        level /= count.length;
        othersMean /= count.length;
        if (fresh || step % rhythm.season() == 0) {
            dispersion = learnDispersion();
        }
    }

    private void add(int step, int sign) {
        if (step >= from && !left[step]) {
            int w = step % rhythm.season();
            ownSum[w] += sign * own[step];
            othersSum[w] += sign * others[step];
            count[w] += sign;
        }
    }

    boolean taught() {
        int least = rhythm.least() / rhythm.season();
        for (int counted : count) {
            if (counted < least) {
                return false;
            }
        }
        return true;
    }

    double level() {
        return level;
    }

    /** Negative binomial size k: variance = m + m*m/k. */
    double dispersion() {
        return dispersion;
    }

    /** Expected use on a step, as taught by the window of the step on which this baseline stands. */
    double expected(int step) {
        int w = step % rhythm.season();
        double seasons = count[w];
        double pattern = (othersSum[w] / seasons + COHORT_PRIOR) / (othersMean + COHORT_PRIOR);
        double usual = (ownSum[w] + PATTERN_PRIOR * level * pattern) / (seasons + PATTERN_PRIOR);
        double cohort = (others[step] + COHORT_PRIOR) / (othersSum[w] / seasons + COHORT_PRIOR);
        return usual * Math.clamp(cohort, LEAST_COHORT, MOST_COHORT);
    }

    private double learnDispersion() {
        if (!taught()) {
            return MOST_DISPERSION;
        }
        double squares = 0;
        double excess = 0;
        for (int i = Math.max(from, at - rhythm.lag() - rhythm.window()); i < at - rhythm.lag(); i++) {
            if (!left[i]) {
                double expected = expected(i);
                double off = own[i] - expected;
                squares += expected * expected;
                excess += off * off - expected;
            }
        }
        return excess <= 0 ? MOST_DISPERSION : Math.clamp(squares / excess, LEAST_DISPERSION, MOST_DISPERSION);
    }
}
