package io.perennial.health.scoring;

import io.perennial.health.model.HealthModel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored version of a health model.
 *
 * @param state draft, published or retired
 * @param reason why it was published
 */
public record ModelVersion(
        UUID id,
        String name,
        int version,
        HealthModel model,
        String state,
        String reason,
        String createdBy,
        Instant createdAt,
        @Nullable String publishedBy,
        @Nullable Instant publishedAt,
        @Nullable Instant retiredAt) {

    public boolean inForce() {
        return state.equals("published");
    }

    public String label() {
        return name + " v" + version;
    }
}
