package io.perennial.engagement;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that staff owe a customer.
 *
 * @param kind task, call, renewal ... your own word
 * @param snoozedUntil first day it shows again
 * @param signalId the signal that asked for it
 * @param doneAt null while open
 */
public record Task(
        UUID id,
        AccountId account,
        String accountName,
        String title,
        @Nullable String note,
        String kind,
        @Nullable LocalDate dueOn,
        @Nullable UUID ownerId,
        @Nullable String ownerName,
        @Nullable LocalDate snoozedUntil,
        @Nullable UUID signalId,
        @Nullable Instant doneAt) {

    public boolean isOverdueOn(LocalDate today) {
        return doneAt == null && dueOn != null && dueOn.isBefore(today);
    }

    public boolean isSnoozedOn(LocalDate today) {
        return snoozedUntil != null && snoozedUntil.isAfter(today);
    }
}
