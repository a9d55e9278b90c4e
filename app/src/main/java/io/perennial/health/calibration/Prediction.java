package io.perennial.health.calibration;

import java.util.Arrays;
import java.util.Comparator;

/** Proper scores and the lift of chances against what happened. All arrays are parallel. */
public final class Prediction {

    private static final double NEVER_CERTAIN = 1e-12;

    private Prediction() {}

    /** Mean squared distance of chance and truth: 0 is perfect, the base rate p alone gives p (1 - p). */
    public static double brier(double[] chance, boolean[] happened) {
        double sum = 0;
        for (int i = 0; i < chance.length; i++) {
            double off = chance[i] - (happened[i] ? 1 : 0);
            sum += off * off;
        }
        return sum / chance.length;
    }

    /** Share of the base rate's Brier score that the chances take away: 0 says nothing, 1 is perfect. */
    public static double brierSkill(double[] chance, boolean[] happened) {
        double rate = rate(happened);
        return 1 - brier(chance, happened) / (rate * (1 - rate));
    }

    public static double logLoss(double[] chance, boolean[] happened) {
        double sum = 0;
        for (int i = 0; i < chance.length; i++) {
            double likely = happened[i] ? chance[i] : 1 - chance[i];
            sum -= Math.log(Math.max(NEVER_CERTAIN, likely));
        }
        return sum / chance.length;
    }

    /** How much oftener it happened to the riskiest tenth than to all. */
    public static double topDecileLift(double[] risk, boolean[] happened) {
        int tenth = Math.max(1, risk.length / 10);
        Integer[] order = new Integer[risk.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -risk[i]));
        int hits = 0;
        for (int i = 0; i < tenth; i++) {
            hits += happened[order[i]] ? 1 : 0;
        }
        return hits / (double) tenth / rate(happened);
    }

    public static double rate(boolean[] happened) {
        int hits = 0;
        for (boolean one : happened) {
            hits += one ? 1 : 0;
        }
        return (double) hits / happened.length;
    }
}
