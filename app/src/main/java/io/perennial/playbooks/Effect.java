package io.perennial.playbooks;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * What a playbook changed: how often it went well with it, and how often at the accounts for which nothing was done. The difference
 * has Newcombe's hybrid score interval at 95 % (Newcombe 1998, Statistics in Medicine 17:873, method 10).
 *
 * @param measured accounts for which something was done long enough ago
 * @param heldOut of those for which nothing was
 */
public record Effect(String success, int days, int well, int measured, int heldOutWell, int heldOut) {

    private static final double LEVEL = 0.95;

    /** Fewer on either side say nothing. */
    public static final int FEWEST = 5;

    public boolean isKnown() {
        return measured >= FEWEST && heldOut >= FEWEST;
    }

    /** In percentage points. */
    public double points() {
        return 100.0 * well / measured - 100.0 * heldOutWell / heldOut;
    }

    public double low() {
        ConfidenceInterval with = wilson(well, measured);
        ConfidenceInterval without = wilson(heldOutWell, heldOut);
        return points()
                - 100
                        * Math.hypot(
                                (double) well / measured - with.getLowerBound(),
                                without.getUpperBound() - (double) heldOutWell / heldOut);
    }

    public double high() {
        ConfidenceInterval with = wilson(well, measured);
        ConfidenceInterval without = wilson(heldOutWell, heldOut);
        return points()
                + 100
                        * Math.hypot(
                                with.getUpperBound() - (double) well / measured,
                                (double) heldOutWell / heldOut - without.getLowerBound());
    }

    private static ConfidenceInterval wilson(int hits, int trials) {
        return new WilsonScoreInterval().createInterval(trials, hits, LEVEL);
    }

    /** Never speaks of an effect that the interval does not show. */
    public String words() {
        if (!isKnown()) {
            return "Too few to measure: " + measured + " with it and " + heldOut + " held out are over since " + days
                    + " days; " + FEWEST + " of each are needed.";
        }
        String figures = "%+d points, 95 %% interval %+d to %+d"
                .formatted(Math.round(points()), Math.round(low()), Math.round(high()));
        if (low() > 0) {
            return "It helps: " + figures + ".";
        }
        return high() < 0
                ? "It does harm: " + figures + "."
                : "No effect that these accounts could show: " + figures + ".";
    }

    /** For a list. */
    public String brief() {
        return isKnown()
                ? "%+d points (%+d to %+d)".formatted(Math.round(points()), Math.round(low()), Math.round(high()))
                : "";
    }
}
