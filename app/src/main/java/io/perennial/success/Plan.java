package io.perennial.success;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wants to reach, and how far it is.
 *
 * @param phase draft, open or closed
 * @param ownerId of the plan, or else of the account
 * @param features that serve the goals, by their names in files and events
 * @param hours that the customer's people spend on it in a year
 * @param hourCost of one, in {@code currency}
 * @param result what came of it, once closed
 */
public record Plan(
        UUID id,
        String externalId,
        AccountId account,
        String accountName,
        String name,
        String phase,
        @Nullable UUID ownerId,
        @Nullable String ownerName,
        @Nullable LocalDate startsOn,
        @Nullable LocalDate endsOn,
        @Nullable LocalDate closedOn,
        String result,
        List<String> features,
        @Nullable BigDecimal hours,
        @Nullable BigDecimal hourCost,
        @Nullable String currency,
        String blueprint,
        String note,
        int version,
        Progress progress) {

    /**
     * How far it is.
     *
     * @param due outcomes whose day has come; of a closed plan all
     * @param overdue of these, how many are not reached
     * @param unmeasured of all, how many have no actual yet
     * @param realised percent of what is due; null while nothing is
     * @param realisedOfAll percent of everything; null without an outcome
     */
    public record Progress(
            int outcomes,
            int reached,
            int due,
            int overdue,
            int unmeasured,
            @Nullable BigDecimal realised,
            @Nullable BigDecimal realisedOfAll,
            @Nullable LocalDate nextDueOn) {}

    public boolean isOpen() {
        return phase.equals("open");
    }

    public boolean isOverdue(LocalDate today) {
        return isOpen() && (progress.overdue() > 0 || endsOn != null && endsOn.isBefore(today));
    }

    public String address() {
        return "/success-plans/" + id;
    }
}
