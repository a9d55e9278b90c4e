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
        double log = Math.log(rho);
        double sum = 0;
        int start = 0;
        for (int t = from + rhythm.lag() + rhythm.least(); t < own.length; t++) {
            baseline.moveTo(t);
            if (!baseline.taught()) {
                sum = 0;
                continue;
            }
            double m = Math.max(LEAST_EXPECTED, baseline.expected(t));
            double k = baseline.dispersion();
            double next = sum + own[t] * log + (own[t] + k) * Math.log((k + m) / (k + rho * m));
            if (next <= 0) {
                sum = 0;
                continue;
            }
            if (sum == 0) {
                start = t;
            }
            sum = next;
            if (sum > Threshold.of(baseline.level(), rhythm)) {
                Shift shift = follow(baseline, start, t, sum);
                shifts.add(shift);
                baseline.leaveOut(start, Math.min(shift.over(), own.length - 1));
                t = shift.over();
                sum = 0;
            }
        }
        return shifts;
    }

    /** Goes on with the baseline of the day before the shift until use is back or the series ends. */
    private Shift follow(Baseline baseline, int start, int found, double statistic) {
        baseline.moveTo(start);
        int length = own.length - start;
        double[] expected = new double[length + 1];
        double[] actual = new double[length + 1];
        int over = own.length;
        for (int i = 0; i < length && over == own.length; i++) {
            expected[i + 1] = expected[i] + baseline.expected(start + i);
            actual[i + 1] = actual[i] + own[start + i];
            int step = start + i;
            int first = i + 1 - rhythm.recovery();
            if (first >= 0 && step > found) {
                double back =
                        (actual[i + 1] - actual[first]) / Math.max(LEAST_EXPECTED, expected[i + 1] - expected[first]);
                if (rho < 1 ? back >= BACK_FROM_FALL : back <= BACK_FROM_GROWTH) {
                    over = step;
                }
            }
        }
        // Of a fall that is over, the change is what it was when found, not diluted by the recovery.
        int until = over == own.length ? length : found - start + 1;
        double change = actual[until] / Math.max(LEAST_EXPECTED, expected[until]) - 1;
        return new Shift(start, found, over, change, statistic);
    }
}
