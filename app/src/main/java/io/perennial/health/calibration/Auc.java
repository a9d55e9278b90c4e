package io.perennial.health.calibration;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Chance that an account that left was ranked riskier than one that stayed (ties count half), with DeLong's interval.
 *
 * @param value .5 is no better than dice
 * @param low lower end of the 95 % interval
 * @param high upper end
 * @param error standard error; NaN with fewer than two on either side
 */
public record Auc(double value, double low, double high, double error) {

    private static final double NORMAL_95 = 1.959963984540054;

    /**
     * @param risk higher is riskier
     * @param left whether the account left
     */
    public static Auc of(double[] risk, boolean[] left) {
        double[] gone = pick(risk, left, true);
        double[] stayed = pick(risk, left, false);
        if (gone.length == 0 || stayed.length == 0) {
            return new Auc(Double.NaN, 0, 1, Double.NaN);
        }
        double[] all = ranks(risk);
        double[] goneAll = pick(all, left, true);
        double[] stayedAll = pick(all, left, false);
        double[] goneOwn = ranks(gone);
        double[] stayedOwn = ranks(stayed);
        double[] beaten = new double[gone.length];
        for (int i = 0; i < beaten.length; i++) {
            beaten[i] = (goneAll[i] - goneOwn[i]) / stayed.length;
        }
        double[] losing = new double[stayed.length];
        for (int i = 0; i < losing.length; i++) {
            losing[i] = 1 - (stayedAll[i] - stayedOwn[i]) / gone.length;
        }
        double value = mean(beaten);
        double error = Math.sqrt(variance(beaten) / gone.length + variance(losing) / stayed.length);
        double reach = Double.isNaN(error) ? 1 : NORMAL_95 * error;
        return new Auc(value, Math.max(0, value - reach), Math.min(1, value + reach), error);
    }

    private static double[] pick(double[] values, boolean[] left, boolean wanted) {
        double[] picked = new double[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (left[i] == wanted) {
                picked[n++] = values[i];
            }
        }
        return Arrays.copyOf(picked, n);
    }

    /** Ranks from 1, the same for equal values. */
    private static double[] ranks(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        int i = 0;
        while (i < order.length) {
            int j = i;
            while (j < order.length && values[order[j]] == values[order[i]]) {
                j++;
            }
            for (int k = i; k < j; k++) {
                ranks[order[k]] = (i + j + 1) / 2.0;
            }
            i = j;
        }
        return ranks;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : sum / (values.length - 1);
    }
}
