package io.perennial.health.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account's health at one instant with everything that made it.
 *
 * @param value 0..100, rounded to two decimals
 * @param norm what an account of this segment with every measure at its mean would score, two decimals
 * @param coverage 0..1: share of the weight that is known and fresh, four decimals
 * @param connected 0..1: share of the weight whose source is connected, four decimals
 * @param alarm the measure whose unresolved alarm turned the band red, if one did
 * @param profile name of the profile that was used; null when the model's own measures were
 * @param parts every measure of the model in the model's order, also those that do not count
 */
public record Score(
        double value,
        double norm,
        double coverage,
        double connected,
        Band band,
        @Nullable String alarm,
        @Nullable String profile,
        List<Part> parts) {

    public Optional<Part> part(String measure) {
        return parts.stream().filter(part -> part.measure().equals(measure)).findFirst();
    }

    /** Sum of the weights that count for this account, in points of the model. */
    public double weightSum() {
        double sum = 0;
        for (Part part : parts) {
            sum += part.weight();
        }
        return sum;
    }

    /** Share 0..1 of this account's weight that the measure has. */
    public double share(Part part) {
        double sum = weightSum();
        return sum == 0 ? 0 : part.weight() / sum;
    }

    /** By how many points the score would move if the model gave this measure one point of weight more. */
    public double movedByOnePointOf(Part part) {
        double sum = weightSum();
        return sum == 0 || !part.counts() ? 0 : (part.counted() - exact()) / (sum + 1);
    }

    /** The score before rounding, for arithmetic on it; everything shown or stored is {@link #value()}. */
    double exact() {
        double weighted = 0;
        double sum = 0;
        for (Part part : parts) {
            weighted += part.weight() * part.counted();
            sum += part.weight();
        }
        return sum == 0 ? value : weighted / sum;
    }
}
