package io.perennial.health.detection;

import java.util.ArrayList;
import java.util.List;

/**
 * Page's cumulative sum for negative binomial counts against a moving baseline:
 *
 * <pre>S = max(0, S + y ln(rho) + (y + k) ln((k + m) / (k + rho m)))      a shift when S exceeds h</pre>
 *
 * Its estimated start is the step after S was last 0. From then on the baseline stays as it was before the start, so a
 * shift does not become usual while it lasts; it is over when use is back.
 */
final class Cusum {

    static final double FALL = 0.65;
    static final double GROWTH = 1.5;

    /** A fall is over when use of the last steps is back to this share of the expectation; growth mirrored. */
    private static final double BACK_FROM_FALL = 0.85;

    private static final double BACK_FROM_GROWTH = 1.15;
    private static final double LEAST_EXPECTED = 0.02;
    private static final double LEAST_LEFT = 0.02;
    private static final double MOST_LEFT = 10;

    private final double[] own;
    private final double[] others;
    private final int from;
    private final Rhythm rhythm;
    private final double rho;

    Cusum(double[] own, double[] others, int from, Rhythm rhythm, double rho) {
        this.own = own;
        this.others = others;
        this.from = from;
        this.rhythm = rhythm;
        this.rho = rho;
    }

    List<Shift> shifts() {
        List<Shift> shifts = new ArrayList<>();
        Baseline baseline = new Baseline(own, others, from, rhythm);
        double sum = 0;
        int start = 0;
        for (int t = from + rhythm.lag() + rhythm.least(); t < own.length; t++) {
            baseline.moveTo(t);
            if (!baseline.taught()) {
                sum = 0;
                continue;
            }
            double next = sum + evidence(own[t], baseline.expected(t), baseline.dispersion());
            if (next <= 0) {
                sum = 0;
                continue;
            }
            if (sum == 0) {
                start = t;
            }
            sum = next;
            if (sum > Threshold.of(baseline.level(), rhythm)) {
                int over = new Episode(baseline, start, t, sum).follow(shifts);
                baseline.leaveOut(start, Math.min(over, own.length - 1));
                t = over;
                sum = 0;
            }
        }
        return shifts;
    }

    private double evidence(double actual, double expected, double k) {
        return evidence(actual, expected, k, rho);
    }

    /** Log likelihood of a step at a share of the expectation, against the whole of it. */
    private static double evidence(double actual, double expected, double k, double share) {
        double m = Math.max(LEAST_EXPECTED, expected);
        return actual * Math.log(share) + (actual + k) * Math.log((k + m) / (k + share * m));
    }

    /**
     * A shift from its start until use is back, judged by the baseline of the step before it. Should use shift again in
     * the same direction meanwhile, against the level that the first shift left, that is a shift of its own.
     */
    private final class Episode {

        private final Baseline baseline;
        private final int start;
        private final double[] expected;
        private final double[] actual;
        private final List<int[]> found = new ArrayList<>();
        private final List<Double> statistics = new ArrayList<>();

        Episode(Baseline baseline, int start, int first, double statistic) {
            this.baseline = baseline;
            this.start = start;
            this.expected = new double[own.length - start + 1];
            this.actual = new double[own.length - start + 1];
            baseline.moveTo(start);
            found.add(new int[] {likeliestStart(first), first});
            statistics.add(statistic);
        }

        int follow(List<Shift> into) {
            double k = baseline.dispersion();
            double sum = 0;
            int again = 0;
            int over = own.length;
            for (int t = start; t < own.length && over == own.length; t++) {
                int i = t - start;
                double usual = baseline.expected(t);
                expected[i + 1] = expected[i] + usual;
                actual[i + 1] = actual[i] + own[t];
                int latest = found.getLast()[1];
                if (t <= latest) {
                    continue;
                }
                if (back(t)) {
                    over = t;
                    continue;
                }
                if (t <= latest + rhythm.recovery()) {
                    continue; // still the same fall, which may go deeper than it had when it was found
                }
                double left = left(latest + 1, t - 1 - rhythm.lag());
                double next = sum + evidence(own[t], usual * left, k);
                again = sum == 0 ? t : again;
                sum = Math.max(0, next);
                if (sum > Threshold.of(baseline.level() * left, rhythm)) {
                    found.add(new int[] {again, t});
                    statistics.add(sum);
                    sum = 0;
                }
            }
            for (int n = 0; n < found.size(); n++) {
                int[] one = found.get(n);
                // Of a shift that is over, the change is what it was when found, not diluted by the recovery.
                int until = over == own.length ? own.length - 1 : one[1];
                into.add(new Shift(one[0], one[1], over, left(one[0], until) - 1, statistics.get(n)));
            }
            return over;
        }

        /**
         * The last zero of the sum is the likeliest start of a shift to just {@code rho}. Most go further, so the start is
         * sought again between there and the alarm with the share that the later half shows.
         */
        private int likeliestStart(int first) {
            double usual = 0;
            double done = 0;
            for (int t = first - (first - start) / 2; t <= first; t++) {
                usual += baseline.expected(t);
                done += own[t];
            }
            double share = Math.clamp(done / Math.max(LEAST_EXPECTED, usual), LEAST_LEFT, MOST_LEFT);
            if (rho < 1 ? share > rho : share < rho) {
                return start;
            }
            double sum = 0;
            double most = Double.NEGATIVE_INFINITY;
            int likeliest = first;
            for (int t = first; t >= start; t--) {
                sum += evidence(own[t], baseline.expected(t), baseline.dispersion(), share);
                if (sum >= most) {
                    most = sum;
                    likeliest = t;
                }
            }
            return likeliest;
        }

        /** What is left of the expectation from one step to another, both included. */
        private double left(int first, int last) {
            double usual = expected[last - start + 1] - expected[first - start];
            double done = actual[last - start + 1] - actual[first - start];
            return done / Math.max(LEAST_EXPECTED, usual);
        }

        private boolean back(int t) {
            int first = t + 1 - rhythm.recovery();
            if (first < start) {
                return false;
            }
            double left = left(first, t);
            return rho < 1 ? left >= BACK_FROM_FALL : left <= BACK_FROM_GROWTH;
        }
    }
}
