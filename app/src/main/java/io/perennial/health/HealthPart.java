package io.perennial.health;

import io.perennial.health.model.Part;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One measure's part in a score, as people read it.
 *
 * @param possible points of 100 this measure has for this account; 0 when it does not count
 * @param earned points of these that the account has
 * @param contribution points by which it moves the score from the segment's mean
 * @param state known, expired, unknown, not_applicable or not_connected
 */
public record HealthPart(
        String measure,
        String title,
        String unit,
        String group,
        double possible,
        double earned,
        double contribution,
        String state,
        @Nullable Double value,
        @Nullable LocalDate observedOn,
        String evidence,
        String remedy) {

    public boolean counts() {
        return possible > 0;
    }

    public double missing() {
        return possible - earned;
    }

    public boolean known() {
        return state.equals(Part.KNOWN);
    }

    /** Why there is no evidence, in words. */
    public String stateInWords() {
        return switch (state) {
            case Part.EXPIRED -> "too old to count";
            case Part.UNKNOWN -> "no data yet, counted as usual";
            case Part.NOT_APPLICABLE -> "does not apply";
            case Part.NOT_CONNECTED -> "not connected";
            default -> "";
        };
    }

    /** The band of this part alone, for its colour. */
    public String band() {
        if (!known() || possible == 0) {
            return "UNKNOWN";
        }
        double share = earned / possible;
        return share < 0.45 ? "AT_RISK" : share < 0.7 ? "WATCH" : "HEALTHY";
    }
}
