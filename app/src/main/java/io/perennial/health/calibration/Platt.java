package io.perennial.health.calibration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a score means: P(renew | score, segment) = sigma(alpha_segment + beta * logit(score / 100)), beta never negative,
 * the segments' alphas drawn to a common one. Two numbers and a little, so that few outcomes are enough.
 */
public final class Platt {

    /** Standard deviation of the segments around the common level, in logits. */
    private static final double SPREAD = 0.5;

    private final RidgeLogistic.Fit fit;
    private final Map<String, Integer> segments;

    private Platt(RidgeLogistic.Fit fit, Map<String, Integer> segments) {
        this.fit = fit;
        this.segments = segments;
    }

    static Platt fit(List<Renewal> renewals) {
        Map<String, Integer> segments = new HashMap<>();
        for (String segment :
                new TreeSet<>(renewals.stream().map(Renewal::segment).toList())) {
            segments.put(segment, segments.size() + 1);
        }
        List<RidgeLogistic.Column> columns = new ArrayList<>();
        columns.add(new RidgeLogistic.Column(1, 0.1, true));
        segments.forEach((segment, column) -> columns.add(RidgeLogistic.Column.free(1 / (SPREAD * SPREAD))));
        double[][] rows = new double[renewals.size()][];
        boolean[] renewed = new boolean[renewals.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(renewals.get(i).score(), renewals.get(i).segment(), segments);
            renewed[i] = renewals.get(i).renewed();
        }
        return new Platt(RidgeLogistic.fit(rows, renewed, columns), segments);
    }

    /** Chance of renewal, 0..1; an unknown segment gets the common level. */
    public double chance(double score, String segment) {
        return fit.chance(row(score, segment, segments));
    }

    private static double[] row(double score, String segment, Map<String, Integer> segments) {
        double share = Math.clamp(score / 100, 0.01, 0.99);
        double[] row = new double[segments.size() + 1];
        row[0] = Math.log(share / (1 - share));
        Integer column = segments.get(segment);
        if (column != null) {
            row[column] = 1;
        }
        return row;
    }
}
