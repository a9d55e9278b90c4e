package io.perennial.health.model;

/**
 * Where the bands begin and how much must be known before an account gets a colour.
 *
 * @param watchFrom scores below are at risk
 * @param healthyFrom scores from here on are healthy
 * @param minimumCoverage share 0..1 of the applicable weight that must be known
 * @param minimumConnected share 0..1 of the applicable weight whose source must be connected at all, so that one lonely
 *     source does not judge a whole relationship
 */
public record Bands(double watchFrom, double healthyFrom, double minimumCoverage, double minimumConnected) {

    public static final Bands USUAL = new Bands(45, 70, 0.40, 0.20);

    Band of(double score, double coverage, double connected) {
        if (coverage < minimumCoverage || connected < minimumConnected) {
            return Band.UNKNOWN;
        }
        if (score < watchFrom) {
            return Band.AT_RISK;
        }
        return score < healthyFrom ? Band.WATCH : Band.HEALTHY;
    }

    /** Neither alarm nor praise: stands for a segment mean nobody has measured yet. */
    double neutral() {
        return (watchFrom + healthyFrom) / 2;
    }
}
