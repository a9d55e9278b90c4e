package io.perennial.health.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of points: every measure is cut into steps, each step adds or takes points, their sum is the log odds. People
 * can read and edit it, and on additive truth it ties models nobody can read. Steps are learned as differences to the step
 * below and drawn to 0, so neighbours differ only where the outcomes say so.
 */
public final class PointsCard {

    private final double[][] cuts;
    private final RidgeLogistic.Fit fit;

    private PointsCard(double[][] cuts, RidgeLogistic.Fit fit) {
        this.cuts = cuts;
        this.fit = fit;
    }

    /**
     * @param steps per measure, of equal numbers of accounts
     * @param strength how hard differences between steps are drawn to 0
     */
    public static PointsCard fit(double[][] measures, boolean[] left, int steps, double strength) {
        int count = measures[0].length;
        double[][] cuts = new double[count][];
        List<RidgeLogistic.Column> columns = new ArrayList<>();
        for (int m = 0; m < count; m++) {
            cuts[m] = cuts(column(measures, m), steps);
            for (int i = 0; i < cuts[m].length; i++) {
                columns.add(RidgeLogistic.Column.free(strength));
            }
        }
        double[][] rows = new double[measures.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = steps(measures[i], cuts);
        }
        return new PointsCard(cuts, RidgeLogistic.fit(rows, left, columns));
    }

    public double chance(double[] measures) {
        return fit.chance(steps(measures, cuts));
    }

    /** Lower ends of the steps of a measure above its first. */
    public List<Double> cuts(int measure) {
        return Arrays.stream(cuts[measure]).boxed().toList();
    }

    /** Log odds that the measure adds in each step, the first step being 0. */
    public List<Double> points(int measure) {
        int column = 0;
        for (int m = 0; m < measure; m++) {
            column += cuts[m].length;
        }
        List<Double> points = new ArrayList<>(List.of(0.0));
        for (int i = 0; i < cuts[measure].length; i++) {
            points.add(points.getLast() + fit.weight(column + i));
        }
        return points;
    }

    private static double[] steps(double[] measures, double[][] cuts) {
        int width = 0;
        for (double[] each : cuts) {
            width += each.length;
        }
        double[] row = new double[width];
        int column = 0;
        for (int m = 0; m < cuts.length; m++) {
            for (double cut : cuts[m]) {
                row[column++] = measures[m] >= cut ? 1 : 0;
            }
        }
        return row;
    }

    private static double[] cuts(double[] values, int steps) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        if (distinct.length <= steps) {
            return Arrays.copyOfRange(distinct, 1, distinct.length);
        }
        return IntStream.range(1, steps)
                .mapToDouble(step -> sorted[(int) ((long) sorted.length * step / steps)])
                .filter(cut -> cut > sorted[0])
                .distinct()
                .toArray();
    }

    private static double[] column(double[][] measures, int m) {
        double[] column = new double[measures.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = measures[i][m];
        }
        return column;
    }
}
