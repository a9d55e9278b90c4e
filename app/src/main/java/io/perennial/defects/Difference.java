package io.perennial.defects;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * How far two shares are apart, in percentage points, with Newcombe's hybrid score interval at 95 % (Newcombe 1998, Statistics
 * in Medicine 17:873, method 10).
 *
 * @param points the first share less the second
 */
public record Difference(int yes, int of, int otherYes, int otherOf, double points, double low, double high) {

    private static final double CONFIDENCE = 0.95;

    /** Below that the sample is small, and is marked so. */
    static final int SMALL = 30;

    /** Below that it says nothing at all. */
    static final int TOO_FEW = 5;

    /** @throws IllegalArgumentException when either side is empty: there is no share of nobody */
    public static Difference between(int yes, int of, int otherYes, int otherOf) {
        if (of <= 0 || otherOf <= 0) {
            throw new IllegalArgumentException("Both sides need answers.");
        }
        ConfidenceInterval one = wilson(yes, of);
        ConfidenceInterval other = wilson(otherYes, otherOf);
        double p = (double) yes / of;
        double q = (double) otherYes / otherOf;
        double below = Math.hypot(p - one.getLowerBound(), other.getUpperBound() - q);
        double above = Math.hypot(one.getUpperBound() - p, q - other.getLowerBound());
        return new Difference(yes, of, otherYes, otherOf, 100 * (p - q), 100 * (p - q - below), 100 * (p - q + above));
    }

    private static ConfidenceInterval wilson(int yes, int of) {
        return new WilsonScoreInterval().createInterval(of, yes, CONFIDENCE);
    }

    /** The interval leaves zero out. */
    public boolean isClear() {
        return low > 0 || high < 0;
    }

    public boolean isSmall() {
        return Math.min(of, otherOf) < SMALL;
    }

    public boolean isTooFew() {
        return Math.min(of, otherOf) < TOO_FEW;
    }

    /** Never speaks of an effect that the interval does not show. */
    public String words() {
        if (isTooFew()) {
            return "too few answers to say anything";
        }
        if (!isClear()) {
            return "no difference that these answers could show";
        }
        return points < 0 ? "those who were hit are less satisfied" : "those who were hit are more satisfied";
    }

    /** {@code -12 points, 95 % interval -24 to -1}. */
    public String figures() {
        return "%+d points, 95 %% interval %+d to %+d".formatted(Math.round(points), Math.round(low), Math.round(high));
    }
}
