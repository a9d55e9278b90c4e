package io.perennial.metrics.sales;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Interval;
import io.perennial.metrics.sales.SalesReadings.Squares;
import io.perennial.metrics.sales.SalesReadings.Sum;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between what a share of money lies: the ratio of two sums over the same rows, linearised. It is an approximation for many rows of
 * which none outweighs all others, and is therefore given from {@link Figure#SMALL} rows on only
 * (W. G. Cochran, Sampling Techniques, chapter 6).
 */
final class MoneyInterval {

    static final String METHOD = "ratio_linearised";

    private static final double LEVEL = 0.95;
    private static final double WIDTH = 1.959963984540054;
    private static final int PERCENT = 100;

    private MoneyInterval() {}

    /** In percent; null for few rows, without a base, or where the rows do not differ. */
    static @Nullable Interval of(List<Sum> base, BigDecimal part, BigDecimal whole) {
        long n = base.stream().mapToLong(Sum::n).sum();
        if (n < Figure.SMALL || whole.signum() <= 0) {
            return null;
        }
        Squares squares = base.stream().map(Sum::squares).reduce(Squares.NONE, Squares::and);
        double sum = whole.doubleValue();
        double ratio = part.doubleValue() / sum;
        double residuals = squares.parts().doubleValue()
                - 2 * ratio * squares.both().doubleValue()
                + ratio * ratio * squares.wholes().doubleValue();
        if (residuals <= 0) {
            return null;
        }
        double error = Math.sqrt(residuals * n / (n - 1)) / sum;
        return new Interval(
                BigDecimal.valueOf(PERCENT * Math.max(0, ratio - WIDTH * error)),
                BigDecimal.valueOf(PERCENT * (ratio + WIDTH * error)),
                LEVEL,
                METHOD);
    }
}
