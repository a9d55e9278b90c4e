package io.perennial.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as the live debugger of its source shows it.
 *
 * @param taken false when it was refused
 * @param kind track, identify and so on; what was sent, where that is unknown
 * @param user the user's id, else the anonymous one
 * @param occurredAt by our clock
 * @param code of the refusal; of an accepted event a remark: {@code future} and {@code too_old} for a time that was
 *     replaced, {@code nul_removed} for characters that no database holds
 * @param detail the refusal in words
 */
public record Sighting(
        Instant at,
        boolean taken,
        @Nullable String kind,
        @Nullable String name,
        @Nullable String user,
        @Nullable String account,
        Instant occurredAt,
        @Nullable String code,
        @Nullable String detail) {}
