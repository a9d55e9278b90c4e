package io.perennial.health.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Whether "30 %" happens three times in ten: predictions in bins of equal size beside what came true.
 *
 * @param bins from the lowest prediction to the highest
 * @param ece expected calibration error: mean distance of prediction and truth over the bins, weighted by their size
 */
public record Reliability(List<Bin> bins, double ece) {

    /**
     * @param predicted mean prediction, 0..1
     * @param observed share that came true
     * @param low lower end of the 90 % interval of the share (Jeffreys)
     * @param high upper end
     */
    public record Bin(double predicted, double observed, double low, double high, int count) {}

    public static Reliability of(double[] predicted, boolean[] happened, int bins) {
        int n = predicted.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> predicted[i]));
        List<Bin> made = new ArrayList<>();
        double ece = 0;
        for (int b = 0; b < bins; b++) {
            int from = (int) ((long) n * b / bins);
            int to = (int) ((long) n * (b + 1) / bins);
            if (from == to) {
                continue;
            }
            double sum = 0;
            int hits = 0;
            for (int i = from; i < to; i++) {
                sum += predicted[order[i]];
                hits += happened[order[i]] ? 1 : 0;
            }
            Bin bin = bin(sum / (to - from), hits, to - from);
            made.add(bin);
            ece += Math.abs(bin.predicted() - bin.observed()) * bin.count() / n;
        }
        return new Reliability(List.copyOf(made), ece);
    }

    /** A share with its interval: {@code hits} of {@code count}. */
    public static Bin bin(double predicted, int hits, int count) {
        BetaDistribution share = new BetaDistribution(null, hits + 0.5, count - hits + 0.5);
        return new Bin(
                predicted,
                (double) hits / count,
                hits == 0 ? 0 : share.inverseCumulativeProbability(0.05),
                hits == count ? 1 : share.inverseCumulativeProbability(0.95),
                count);
    }
}
