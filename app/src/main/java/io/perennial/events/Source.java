package io.perennial.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where events come from: one product, app or service with a write key of its own.
 *
 * @param keyShown first characters of the write key
 * @param closedAt since when nothing is taken any more; what was taken stays
 */
public record Source(
        int id,
        String name,
        String keyShown,
        Instant createdAt,
        String createdBy,
        @Nullable Instant closedAt) {

    /** A source and its write key, which is shown this once. */
    public record WithKey(Source source, String key) {}
}
