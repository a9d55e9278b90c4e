package io.perennial.metrics.formula;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Interval;
import java.math.BigDecimal;
import java.util.Arrays;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** How two numbers of the same customers go together. */
public final class Correlations {

    public static final String SPEARMAN = "spearman";
    private static final int FEWEST = 4;

    private Correlations() {}

    static Figure compute(Inputs in) {
        double[] x = in.doubles("x");
        double[] y = in.doubles("y");
        if (x.length != y.length) {
            throw in.wrong("y", "other_length", "x has " + x.length + " numbers and y has " + y.length + ".");
        }
        return of(x, y, in.text("method", SPEARMAN));
    }

    /**
     * With Fisher's interval at 95 %.
     *
     * @param y of the same customers in the same order as {@code x}
     * @param method spearman or pearson
     */
    public static Figure of(double[] x, double[] y, String method) {
        if (x.length < FEWEST) {
            return Figure.none("TOO_FEW", "A correlation needs at least four pairs.")
                    .sampled(x.length);
        }
        if (constant(x) || constant(y)) {
            return Figure.none("CONSTANT", "One of the two is the same for all, so nothing can go with it.")
                    .sampled(x.length);
        }
        double r = method.equals("pearson")
                ? new PearsonsCorrelation().correlation(x, y)
                : new SpearmansCorrelation().correlation(x, y);
        Figure figure = Figure.of(BigDecimal.valueOf(r)).sampled(x.length);
        return Math.abs(r) >= 1 ? figure : figure.within(fisher(r, x.length));
    }

    private static Interval fisher(double r, int n) {
        double z = 0.5 * Math.log((1 + r) / (1 - r));
        double half = Statistics.quantile(0.95) / Math.sqrt(n - 3.0);
        return new Interval(
                BigDecimal.valueOf(Math.tanh(z - half)), BigDecimal.valueOf(Math.tanh(z + half)), 0.95, "fisher_z");
    }

    private static boolean constant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }
}
