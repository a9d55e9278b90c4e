package io.perennial.accounts;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an account is, as its page shows it.
 *
 * @param attributes what the company brought beyond the known columns, sorted by name
 */
public record AccountCard(
        AccountId id,
        String externalId,
        String name,
        @Nullable AccountId parentId,
        @Nullable String parentName,
        @Nullable String segment,
        @Nullable String stage,
        @Nullable UUID ownerId,
        @Nullable String ownerName,
        @Nullable String ownerEmail,
        @Nullable String industry,
        @Nullable String country,
        @Nullable String region,
        @Nullable String website,
        @Nullable String timeZone,
        @Nullable String language,
        @Nullable LocalDate customerSince,
        @Nullable String nextStep,
        @Nullable LocalDate nextStepOn,
        Map<String, String> attributes) {}
