package io.perennial.health.model;

import org.jspecify.annotations.Nullable;

/**
 * One measure's part in a score.
 *
 * @param weight points of the model; 0 when the measure does not count for this account
 * @param subScore 0..100 from the curve; the norm when nothing is known
 * @param confidence 0..1: how much of the sub-score counts, the rest is the norm
 * @param norm mean sub-score of the segment, 0..100
 * @param contribution points by which this measure moves the score from the segment's mean, two decimals; the
 *     contributions of all parts sum to {@code score.value() - score.norm()} to the last cent
 * @param state one of {@link #KNOWN}, {@link #EXPIRED}, {@link #UNKNOWN}, {@link #NOT_APPLICABLE}, {@link #NOT_CONNECTED}
 */
public record Part(
        String measure,
        double weight,
        double subScore,
        double confidence,
        double norm,
        double contribution,
        String state,
        @Nullable Reading reading) {

    public static final String KNOWN = "known";
    /** There is a reading, but it is older than the model lets count. */
    public static final String EXPIRED = "expired";

    public static final String UNKNOWN = "unknown";
    public static final String NOT_APPLICABLE = "not_applicable";
    public static final String NOT_CONNECTED = "not_connected";

    /** What enters the score: the sub-score as far as it is believed, the norm for the rest. */
    public double counted() {
        return confidence * subScore + (1 - confidence) * norm;
    }

    public boolean counts() {
        return weight > 0;
    }

    Part withContribution(double points) {
        return new Part(measure, weight, subScore, confidence, norm, points, state, reading);
    }
}
