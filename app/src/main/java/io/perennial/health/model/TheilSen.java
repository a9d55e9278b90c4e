package io.perennial.health.model;

import java.util.Arrays;

/** The trend of a series that one odd value cannot bend: the median of the slopes between all pairs of points. */
public final class TheilSen {

    private TheilSen() {}

    /**
     * @param x for instance days, need not be sorted or evenly spaced
     * @param y as many as x
     * @return change of y per unit of x; 0 when there are no two different x
     */
    public static double slope(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("As many x as y, please: " + x.length + " and " + y.length);
        }
        double[] slopes = new double[x.length * (x.length - 1) / 2];
        int n = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                if (x[i] != x[j]) {
                    slopes[n++] = (y[j] - y[i]) / (x[j] - x[i]);
                }
            }
        }
        if (n == 0) {
            return 0;
        }
        double[] sorted = Arrays.copyOf(slopes, n);
        Arrays.sort(sorted);
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
