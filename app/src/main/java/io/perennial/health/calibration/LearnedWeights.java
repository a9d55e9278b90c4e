package io.perennial.health.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Weights fitted to outcomes, drawn to those in force and never below 0 (the curve already says what is good):
 *
 * <pre>minimise   sum log loss + lambda / 2 * |beta - kappa * w_now|^2,   beta >= 0,   an intercept per segment</pre>
 *
 * kappa turns points into log odds and is fitted first, alone. With few outcomes the weights in force win.
 */
final class LearnedWeights {

    private static final double SEGMENT_STRENGTH = 4;

    private final List<String> measures;
    private final List<String> segments;
    private final Map<String, Double> present;

    /** @param present points per measure, in the order of the model; those of 0 points are learned like the others */
    LearnedWeights(List<LearningRow> rows, Map<String, Double> present) {
        this.present = present;
        this.measures = List.copyOf(present.keySet());
        this.segments = List.copyOf(
                new TreeSet<>(rows.stream().map(LearningRow::segment).toList()));
    }

    /** @return points per measure, summing to 100; those in force when the outcomes say nothing */
    Map<String, Double> fit(List<LearningRow> rows, double lambda) {
        double kappa = kappa(rows);
        double sum = present.values().stream().mapToDouble(Double::doubleValue).sum();
        List<RidgeLogistic.Column> columns = new ArrayList<>();
        for (double points : present.values()) {
            columns.add(new RidgeLogistic.Column(kappa * points / sum, lambda, true));
        }
        segments.forEach(segment -> columns.add(RidgeLogistic.Column.free(SEGMENT_STRENGTH)));
        double[][] features = new double[rows.size()][];
        for (int i = 0; i < features.length; i++) {
            features[i] = row(rows.get(i));
        }
        RidgeLogistic.Fit fit = RidgeLogistic.fit(features, renewed(rows), columns);
        double total = 0;
        for (int j = 0; j < measures.size(); j++) {
            total += fit.weight(j);
        }
        Map<String, Double> points = new LinkedHashMap<>();
        for (int j = 0; j < measures.size(); j++) {
            String measure = measures.get(j);
            points.put(
                    measure,
                    total <= 1e-9 ? present.getOrDefault(measure, 0.0) / sum * 100 : fit.weight(j) / total * 100);
        }
        return points;
    }

    /** Log odds of renewal from the worst score to the best, never negative. */
    private double kappa(List<LearningRow> rows) {
        double[][] features = new double[rows.size()][];
        for (int i = 0; i < features.length; i++) {
            features[i] = scored(rows.get(i), present);
        }
        return scoreFit(features, renewed(rows)).weight(0);
    }

    /** Chances that a score with these points gives, its meaning learned from the same rows: fit. */
    Chances chances(List<LearningRow> rows, Map<String, Double> points) {
        double[][] features = new double[rows.size()][];
        for (int i = 0; i < features.length; i++) {
            features[i] = scored(rows.get(i), points);
        }
        RidgeLogistic.Fit fit = scoreFit(features, renewed(rows));
        return row -> fit.chance(scored(row, points));
    }

    interface Chances {

        /** Chance of renewal, 0..1. */
        double of(LearningRow row);
    }

    private RidgeLogistic.Fit scoreFit(double[][] features, boolean[] renewed) {
        List<RidgeLogistic.Column> columns = new ArrayList<>();
        columns.add(new RidgeLogistic.Column(0, 0.01, true));
        segments.forEach(segment -> columns.add(RidgeLogistic.Column.free(SEGMENT_STRENGTH)));
        return RidgeLogistic.fit(features, renewed, columns);
    }

    private double[] scored(LearningRow row, Map<String, Double> points) {
        double sum = 0;
        double weights = 0;
        for (String measure : measures) {
            double weight = points.getOrDefault(measure, 0.0);
            sum += weight * share(row, measure);
            weights += weight;
        }
        double[] scored = new double[1 + segments.size()];
        scored[0] = weights == 0 ? 0 : sum / weights;
        mark(row, scored, 1);
        return scored;
    }

    private double[] row(LearningRow row) {
        double[] features = new double[measures.size() + segments.size()];
        for (int j = 0; j < measures.size(); j++) {
            features[j] = share(row, measures.get(j));
        }
        mark(row, features, measures.size());
        return features;
    }

    private void mark(LearningRow row, double[] features, int offset) {
        int segment = segments.indexOf(row.segment());
        if (segment >= 0) {
            features[offset + segment] = 1;
        }
    }

    /** Around 0, so that the intercept stays near the base rate. */
    private static double share(LearningRow row, String measure) {
        return row.counted().getOrDefault(measure, 50.0) / 100 - 0.5;
    }

    static boolean[] renewed(List<LearningRow> rows) {
        boolean[] renewed = new boolean[rows.size()];
        for (int i = 0; i < renewed.length; i++) {
            renewed[i] = rows.get(i).renewed();
        }
        return renewed;
    }
}
