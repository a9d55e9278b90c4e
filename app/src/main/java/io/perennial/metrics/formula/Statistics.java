package io.perennial.metrics.formula;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Interval;
import java.math.BigDecimal;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.interval.AgrestiCoullInterval;
import org.apache.commons.math3.stat.interval.ClopperPearsonInterval;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/** Intervals; distributions come from Commons Math. */
public final class Statistics {

    public static final String WILSON = "wilson";
    public static final String CONTINUITY = "wilson_continuity_corrected";
    public static final String EXACT = "clopper_pearson";
    public static final String ADJUSTED = "adjusted_wald";

    private Statistics() {}

    /** Of a share between 0 and 1; {@code trials} is above zero. */
    public static Interval share(long hits, long trials, double level, String method) {
        // Beyond what the library counts the interval is a hair's breadth wide anyway.
        long scale = 1 + trials / Integer.MAX_VALUE;
        int x = (int) (hits / scale);
        int n = (int) (trials / scale);
        ConfidenceInterval range = switch (method) {
            case CONTINUITY -> corrected(x, n, level);
            case EXACT -> exact(x, n, level);
            case ADJUSTED -> new AgrestiCoullInterval().createInterval(n, x, level);
            default -> new WilsonScoreInterval().createInterval(n, x, level);
        };
        return new Interval(
                BigDecimal.valueOf(Math.max(0, range.getLowerBound())),
                BigDecimal.valueOf(Math.min(1, range.getUpperBound())),
                level,
                method);
    }

    /** The same of a share in percent. */
    public static Interval percent(long hits, long trials) {
        Interval share = share(hits, trials, 0.95, WILSON);
        return new Interval(
                share.from().multiply(Exact.HUNDRED),
                share.to().multiply(Exact.HUNDRED),
                share.level(),
                share.method());
    }

    /** Of two shares between 0 and 1: Newcombe's hybrid score interval; both numbers of trials are above zero. */
    public static Interval difference(long x1, long n1, long x2, long n2, double level) {
        Interval first = share(x1, n1, level, WILSON);
        Interval second = share(x2, n2, level, WILSON);
        double p1 = (double) x1 / n1;
        double p2 = (double) x2 / n2;
        double below = Math.hypot(p1 - first.from().doubleValue(), second.to().doubleValue() - p2);
        double above =
                Math.hypot(first.to().doubleValue() - p1, p2 - second.from().doubleValue());
        return new Interval(
                BigDecimal.valueOf(p1 - p2 - below),
                BigDecimal.valueOf(p1 - p2 + above),
                level,
                "newcombe_hybrid_score");
    }

    /** The library's bounds are open at the ends, where nothing or everything is a hit. */
    private static ConfidenceInterval exact(int x, int n, double level) {
        double tail = (1 - level) / 2;
        if (x == 0) {
            return new ConfidenceInterval(0, 1 - Math.pow(tail, 1.0 / n), level);
        }
        if (x == n) {
            return new ConfidenceInterval(Math.pow(tail, 1.0 / n), 1, level);
        }
        return new ClopperPearsonInterval().createInterval(n, x, level);
    }

    /** Wilson's with the correction for continuity, Newcombe's method 4. */
    private static ConfidenceInterval corrected(int x, int n, double level) {
        double z = quantile(level);
        double p = (double) x / n;
        double middle = 2 * n * p + z * z;
        double below = z * Math.sqrt(z * z - 2 - 1.0 / n + 4 * p * (n * (1 - p) + 1)) + 1;
        double above = z * Math.sqrt(z * z + 2 - 1.0 / n + 4 * p * (n * (1 - p) - 1)) + 1;
        double scale = 2 * (n + z * z);
        return new ConfidenceInterval(
                x == 0 ? 0 : Math.max(0, (middle - below) / scale),
                x == n ? 1 : Math.min(1, (middle + above) / scale),
                level);
    }

    /** How many standard errors a two-sided interval of this level reaches. */
    public static double quantile(double level) {
        return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - (1 - level) / 2);
    }
}
