package io.perennial.health.calibration;

/**
 * How a customer stood when its chance of renewal was asked for.
 *
 * @param score the health score, 0..100
 * @param coverage how much of that score was known, 0..1
 * @param decisions how often the customer may leave within the time asked about: 1 for a yearly contract with its renewal
 *     due, two or three for a monthly one over a quarter
 */
public record Standing(String segment, double score, double coverage, int decisions) {

    public Standing {
        if (decisions < 1) {
            throw new IllegalArgumentException("A customer without a decision due has no chance of renewal.");
        }
    }
}
