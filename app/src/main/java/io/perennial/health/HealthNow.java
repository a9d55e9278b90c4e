package io.perennial.health;

import io.perennial.health.model.Band;
import org.jspecify.annotations.Nullable;

/**
 * An account's present health as it was stored, without its explanation: all that a small card says, for one row read.
 *
 * @param coverage 0..1: share of the weight that is known and fresh
 * @param reason the part that pulls most, in words
 * @param weekly scores at the ends of the last 26 weeks, oldest first, the last is now; -1 = not enough data
 */
public record HealthNow(double score, Band band, double coverage, String reason, short[] weekly) {

    /** Null when too little is known to show a number as a judgement, or the customer has left. */
    public @Nullable Double shown() {
        return band.judged() ? score : null;
    }
}
