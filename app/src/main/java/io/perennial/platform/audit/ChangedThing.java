package io.perennial.platform.audit;

import io.perennial.shared.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * One thing touched by a change.
 *
 * @param type record type or noun, e.g. {@code accounts}, {@code signal}
 * @param id its identity as text
 * @param account whose history shows it; null when none
 * @param before JSON object of the changed fields before, null when it did not exist
 * @param after JSON object of the same fields after, null when it is gone
 */
public record ChangedThing(
        String type,
        String id,
        @Nullable AccountId account,
        @Nullable String before,
        @Nullable String after) {}
