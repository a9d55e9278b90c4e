package io.perennial.health.calibration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a score means:
 *
 * <pre>P(renew) = sigma(alpha_segment + beta_segment * logit(score / 100) + gamma * (1 - coverage) - delta * ln(decisions))</pre>
 *
 * <p>The segments' alphas and betas are drawn to common ones, and no beta is ever negative; with few outcomes it is one
 * line for all. A point of score may say more of an enterprise than of a small customer who also leaves for reasons of
 * its own. Gamma is there because a score of which little is known stands near the mean without the account being
 * average: its chance belongs nearer to the base rate. Delta, near 1, is there because whoever may leave three times in a
 * quarter leaves about three times as often as who may leave once.
 */
public final class Platt {

    /** Standard deviation of the segments around the common level, in logits. */
    private static final double SPREAD = 0.5;

    /** Standard deviation of the segments' slopes around the common slope. */
    private static final double SLOPE_SPREAD = 0.5;

    private static final double COVERAGE_STRENGTH = 1;
    private static final double DECISIONS_STRENGTH = 10;

    private final RidgeLogistic.Fit common;
    private final RidgeLogistic.Fit own;
    private final Map<String, Integer> segments;

    private Platt(RidgeLogistic.Fit common, RidgeLogistic.Fit own, Map<String, Integer> segments) {
        this.common = common;
        this.own = own;
        this.segments = segments;
    }

    static Platt fit(List<Renewal> renewals) {
        Map<String, Integer> segments = new HashMap<>();
        for (String segment :
                new TreeSet<>(renewals.stream().map(Renewal::segment).toList())) {
            segments.put(segment, segments.size());
        }
        boolean[] renewed = new boolean[renewals.size()];
        double[][] commonRows = new double[renewals.size()][];
        double[][] ownRows = new double[renewals.size()][];
        for (int i = 0; i < renewed.length; i++) {
            Renewal renewal = renewals.get(i);
            renewed[i] = renewal.renewed();
            commonRows[i] = commonRow(renewal.standing(), segments);
            ownRows[i] = ownRow(renewal.standing(), segments);
        }
        List<RidgeLogistic.Column> levels = new ArrayList<>();
        segments.forEach((segment, column) -> levels.add(RidgeLogistic.Column.free(1 / (SPREAD * SPREAD))));
        levels.add(RidgeLogistic.Column.free(COVERAGE_STRENGTH));
        levels.add(new RidgeLogistic.Column(1, DECISIONS_STRENGTH, true));

        List<RidgeLogistic.Column> columns = new ArrayList<>(levels);
        columns.add(new RidgeLogistic.Column(1, 0.1, true));
        RidgeLogistic.Fit common = RidgeLogistic.fit(commonRows, renewed, columns);

        double slope = common.weight(levels.size());
        List<RidgeLogistic.Column> ownColumns = new ArrayList<>(levels);
        segments.forEach((segment, column) ->
                ownColumns.add(new RidgeLogistic.Column(slope, 1 / (SLOPE_SPREAD * SLOPE_SPREAD), true)));
        return new Platt(common, RidgeLogistic.fit(ownRows, renewed, ownColumns), segments);
    }

    /** Chance of renewal, 0..1; an unknown segment gets the common line. */
    public double chance(Standing standing) {
        return segments.containsKey(standing.segment())
                ? own.chance(ownRow(standing, segments))
                : common.chance(commonRow(standing, segments));
    }

    private static double[] commonRow(Standing standing, Map<String, Integer> segments) {
        double[] row = levels(standing, segments, segments.size() + 3);
        row[segments.size() + 2] = logit(standing.score());
        return row;
    }

    private static double[] ownRow(Standing standing, Map<String, Integer> segments) {
        double[] row = levels(standing, segments, 2 * segments.size() + 2);
        Integer column = segments.get(standing.segment());
        if (column != null) {
            row[segments.size() + 2 + column] = logit(standing.score());
        }
        return row;
    }

    private static double[] levels(Standing standing, Map<String, Integer> segments, int length) {
        double[] row = new double[length];
        Integer column = segments.get(standing.segment());
        if (column != null) {
            row[column] = 1;
        }
        row[segments.size()] = 1 - standing.coverage();
        row[segments.size() + 1] = -Math.log(standing.decisions());
        return row;
    }

    private static double logit(double score) {
        double share = Math.clamp(score / 100, 0.01, 0.99);
        return Math.log(share / (1 - share));
    }
}
