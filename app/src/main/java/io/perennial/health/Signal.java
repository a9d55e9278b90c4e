package io.perennial.health;

import io.perennial.health.signals.Urgency;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A red flag on one account with what is needed to act on it.
 *
 * @param cause stable name of the rule
 * @param episode counts how often the cause came back
 * @param state open, acknowledged, snoozed, done or closed
 * @param evidence one sentence with the numbers
 * @param remedy what to do
 * @param money the account's yearly revenue, in {@code currency}
 * @param atStake {@code money} times the share of the score that is missing: what acting may save
 * @param spark the account's last 13 weeks
 * @param closedBecause why it closed, when it closed by itself
 */
public record Signal(
        UUID id,
        AccountId account,
        String accountExternalId,
        String accountName,
        @Nullable UUID ownerId,
        @Nullable String ownerName,
        String cause,
        String title,
        int episode,
        String state,
        Urgency urgency,
        String evidence,
        String remedy,
        @Nullable BigDecimal money,
        @Nullable String currency,
        @Nullable BigDecimal atStake,
        @Nullable Double score,
        @Nullable String band,
        short[] spark,
        @Nullable LocalDate renewsOn,
        Instant openedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable LocalDate snoozedUntil,
        @Nullable String snoozeReason,
        @Nullable String outcome,
        @Nullable Instant closedAt,
        @Nullable String closedBy,
        @Nullable String closedBecause) {

    public boolean active() {
        return state.equals("open") || state.equals("acknowledged") || state.equals("snoozed");
    }
}
