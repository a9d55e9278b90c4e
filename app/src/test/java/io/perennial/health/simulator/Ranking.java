package io.perennial.health.simulator;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How well a risk orders and states what then happened; the judge's own arithmetic. */
public final class Ranking {

    private Ranking() {}

    /** Chance that a lost account was given a higher risk than a kept one; ties count half. */
    public static double auc(double[] risk, boolean[] lost) {
        int[] order = byRisk(risk);
        double rankSum = 0;
        long positives = 0;
        for (int i = 0; i < order.length; ) {
            int end = i;
            while (end < order.length && risk[order[end]] == risk[order[i]]) {
                end++;
            }
            double rank = (i + 1 + end) / 2.0;
            for (int k = i; k < end; k++) {
                if (lost[order[k]]) {
                    rankSum += rank;
                    positives++;
                }
            }
            i = end;
        }
        long negatives = order.length - positives;
        return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }

    /** 1 - Brier score over the Brier score of always saying the mean. */
    public static double brierSkill(double[] probability, boolean[] lost) {
        double mean = share(lost);
        double brier = 0;
        for (int i = 0; i < lost.length; i++) {
            double error = probability[i] - (lost[i] ? 1 : 0);
            brier += error * error;
        }
        return 1 - brier / lost.length / (mean * (1 - mean));
    }

    /** Share of losses among the tenth with the highest risk. */
    public static double topDecilePrecision(double[] risk, boolean[] lost) {
        int[] order = byRisk(risk);
        int tenth = Math.max(1, order.length / 10);
        int found = 0;
        for (int i = order.length - tenth; i < order.length; i++) {
            found += lost[order[i]] ? 1 : 0;
        }
        return (double) found / tenth;
    }

    /** Mean distance of stated and true rate over ten bins of equal mass. */
    public static double expectedCalibrationError(double[] probability, boolean[] lost) {
        int[] order = byRisk(probability);
        double error = 0;
        for (int bin = 0; bin < 10; bin++) {
            int from = (int) ((long) order.length * bin / 10);
            int to = (int) ((long) order.length * (bin + 1) / 10);
            double said = 0;
            double was = 0;
            for (int i = from; i < to; i++) {
                said += probability[order[i]];
                was += lost[order[i]] ? 1 : 0;
            }
            error += Math.abs(said - was) / order.length;
        }
        return error;
    }

    public static double share(boolean[] lost) {
        int count = 0;
        for (boolean one : lost) {
            count += one ? 1 : 0;
        }
        return (double) count / lost.length;
    }

    private static int[] byRisk(double[] risk) {
        return Arrays.stream(IntStream.range(0, risk.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> risk[i]))
                        .toArray(Integer[]::new))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
