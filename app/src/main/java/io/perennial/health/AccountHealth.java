package io.perennial.health;

import io.perennial.health.model.Band;
import io.perennial.health.model.Score;
import io.perennial.health.scoring.ModelVersion;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's health at one instant with its explanation.
 *
 * @param reason the part that pulls most, in words
 * @param parts every measure of the model, in the model's order
 * @param weekly scores at the ends of the last 26 weeks, oldest first, the last is now; -1 = not enough data; empty
 *     for past instants
 */
public record AccountHealth(
        AccountId account,
        Score score,
        ModelVersion model,
        Instant asOf,
        String reason,
        List<HealthPart> parts,
        short[] weekly) {

    public Band band() {
        return score.band();
    }

    /** Null when too little is known to show a number as a judgement, or the customer has left. */
    public @Nullable Double shown() {
        return score.band().judged() ? score.value() : null;
    }

    public boolean connected() {
        return score.connected() > 0;
    }
}
