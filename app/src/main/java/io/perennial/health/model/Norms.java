package io.perennial.health.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mean sub-score per segment and measure: what is usual, against which every account is explained. Sealed and stored by
 * date, so that one account's change never moves another's score within the day.
 *
 * @param bySegment segment -> measure -> mean sub-score 0..100; {@link #EVERYBODY} holds the mean over all segments
 */
public record Norms(Map<String, Map<String, Double>> bySegment) {

    /** The key of the mean over all accounts, used for segments that have no mean of their own. */
    public static final String EVERYBODY = "*";

    public static final Norms NONE = new Norms(Map.of());

    double of(String segment, String measure, double neutral) {
        Double own = lookUp(segment, measure);
        if (own != null) {
            return own;
        }
        Double all = lookUp(EVERYBODY, measure);
        return all != null ? all : neutral;
    }

    private @Nullable Double lookUp(String segment, String measure) {
        Map<String, Double> measures = bySegment.get(segment);
        return measures == null ? null : measures.get(measure);
    }
}
