package io.perennial.renewals;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a renewal, by whom.
 *
 * @param chance of being renewed as the system sees it now, 0.01 to 0.99
 * @param expected the call that this chance stands for
 * @param call of the customer success manager; null while there is none
 * @param settled what a leader decided where the system and the manager disagreed
 */
public record Forecast(
        BigDecimal chance,
        Call expected,
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

    /** One counts on it and the other does not, and nobody has decided. */
    public boolean isDisputed() {
        return settled == null && call != null && call.says() && call.expects() != expected.expects();
    }

    /** The chance as people read it. */
    public String percent() {
        return Chance.percent(chance);
    }
}
