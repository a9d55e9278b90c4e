package io.perennial.renewals;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a renewal, by whom.
 *
 * @param call of the customer success manager; null while there is none
 * @param settled what a leader decided where the system and the manager disagreed
 */
public record Forecast(
        @Nullable Call call,
        @Nullable String reason,
        @Nullable LocalDate calledOn,
        @Nullable String calledBy,
        @Nullable Call settled,
        @Nullable String settledReason,
        @Nullable LocalDate settledOn,
        @Nullable String settledBy) {

    /** What counts: a leader's word before the manager's. */
    public @Nullable Call counts() {
        return settled != null ? settled : call;
    }
}
