package io.perennial.health.model;

import java.util.Map;

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

    /** What is usual in one segment: looked up once for all measures of an account. */
    Usual in(String segment) {
        return new Usual(bySegment.getOrDefault(segment, Map.of()), bySegment.getOrDefault(EVERYBODY, Map.of()));
    }

    /**
     * @param own of the segment
     * @param all of everybody, for what the segment has no mean of
     */
    record Usual(Map<String, Double> own, Map<String, Double> all) {

        double of(String measure, double neutral) {
            Double mean = own.get(measure);
            if (mean == null) {
                mean = all.get(measure);
            }
            return mean != null ? mean : neutral;
        }
    }
}
