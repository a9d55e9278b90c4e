package io.perennial.cases;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that the customer's side said on a case just now: with a new case, by mail, or written down by one of us.
 *
 * @param contact who said it; null when nobody we know
 * @param kind {@code customer} for words of a person, {@code automatic} for a machine of theirs
 * @param text the new words, without what they repeat
 * @param language of the person or the account, as a tag such as {@code de}; null when nobody said
 */
public record ArrivedMessage(
        UUID caseId,
        AccountId account,
        @Nullable UUID contact,
        UUID message,
        String kind,
        String text,
        @Nullable String language,
        Instant at) {}
