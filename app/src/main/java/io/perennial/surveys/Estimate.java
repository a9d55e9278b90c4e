package io.perennial.surveys;

import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A figure of a sample of opinions with its interval at 95 %.
 *
 * @param value in percent, or in points from -100 to 100 for the Net Promoter Score
 * @param n answers it rests on, at least one
 */
public record Estimate(double value, double from, double to, long n) {

    static final double LEVEL = 0.95;

    /** From here on a figure is no small sample. */
    public static final int ENOUGH = 30;

    /** Fewer answers are not ranked, and anonymous ones not shown. */
    public static final int FEW = 5;

    private static final double QUANTILE = new NormalDistribution(0, 1).inverseCumulativeProbability((1 + LEVEL) / 2);

    /** A share with Wilson's interval. @throws IllegalArgumentException without answers: no share, not [0, 1] */
    public static Estimate share(long hits, long n) {
        if (n <= 0 || hits < 0 || hits > n) {
            throw new IllegalArgumentException("No share: " + hits + " of " + n);
        }
        ConfidenceInterval range = new WilsonScoreInterval().createInterval((int) n, (int) hits, LEVEL);
        return new Estimate(
                100.0 * hits / n,
                100 * Math.max(0, range.getLowerBound()),
                100 * Math.min(1, range.getUpperBound()),
                n);
    }

    /**
     * The Net Promoter Score with the adjusted Wald interval: three quarters of a promoter, as much of a detractor and one and a half
     * passives are added, and promoters and detractors are not taken as independent. Best of those compared by Rocks (2016),
     * measuringu.com/nps-three-confidence-intervals.
     *
     * @throws IllegalArgumentException without answers
     */
    public static Estimate nps(long promoters, long detractors, long n) {
        if (n <= 0 || promoters < 0 || detractors < 0 || promoters + detractors > n) {
            throw new IllegalArgumentException("No score: " + promoters + " and " + detractors + " of " + n);
        }
        double more = n + 3.0;
        double p = (promoters + 0.75) / more;
        double d = (detractors + 0.75) / more;
        double half = QUANTILE * Math.sqrt((p + d - (p - d) * (p - d)) / more);
        return new Estimate(
                100.0 * (promoters - detractors) / n,
                100 * Math.max(-1, p - d - half),
                100 * Math.min(1, p - d + half),
                n);
    }

    public boolean isSmall() {
        return n < ENOUGH;
    }

    /** Too few to be compared with others. */
    public boolean isTooFew() {
        return n < FEW;
    }

    /** Whole, half rounded up: 49.5 is 50, -49.5 is -49. */
    public long rounded() {
        return (long) Math.floor(value + 0.5);
    }

    public String percent() {
        return String.format(Locale.ROOT, "%d %%", rounded());
    }

    /** {@code 95 %: 31 to 58}. */
    public String interval() {
        return String.format(
                Locale.ROOT, "95 %%: %d to %d", (long) Math.floor(from + 0.5), (long) Math.floor(to + 0.5));
    }

    /** As pages show it: points for the Net Promoter Score, percent for shares. */
    public String words(SurveyKind kind) {
        return kind == SurveyKind.NPS ? String.valueOf(rounded()) : percent();
    }
}
