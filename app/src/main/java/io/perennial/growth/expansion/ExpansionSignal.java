package io.perennial.growth.expansion;

import io.perennial.growth.Opportunity.Evidence;
import io.perennial.growth.Stage;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that a healthy customer could use more of, with what it rests on.
 *
 * @param subject product, area or unit that it is about; empty where the rule has one cause only
 * @param state open, accepted, dismissed or closed
 * @param amount of a year, estimated; with {@code low} and {@code high} in {@code currency}
 * @param confidence 1 to 3
 * @param facts of the rule, in numbers
 * @param reason of a dismissal
 * @param stage of the opportunity that it became; null when that was taken back or there is none
 */
public record ExpansionSignal(
        UUID id,
        AccountId account,
        String accountExternalId,
        String accountName,
        @Nullable String segment,
        @Nullable String ownerName,
        @Nullable Double score,
        @Nullable String band,
        @Nullable LocalDate renewsOn,
        ExpansionKind kind,
        String subject,
        String state,
        @Nullable BigDecimal low,
        @Nullable BigDecimal amount,
        @Nullable BigDecimal high,
        @Nullable String currency,
        int confidence,
        JsonNode facts,
        Instant openedAt,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable String reason,
        @Nullable UUID opportunity,
        @Nullable Stage stage,
        @Nullable Instant closedAt,
        @Nullable String closedBecause) {

    /** A row that the signal rests on. */
    public record Fact(String what, String value) {}

    public boolean open() {
        return state.equals("open");
    }

    /** The finding, in a sentence. */
    public String finding() {
        return ExpansionWords.finding(kind, facts);
    }

    /** How the money was estimated, or why it was not. */
    public String how() {
        return ExpansionWords.how(kind, facts, amount != null);
    }

    /** The rows behind it: weeks, features, peers. */
    public List<Fact> rows() {
        return ExpansionWords.rows(kind, facts);
    }

    /** In words. */
    public String sure() {
        return confidence >= 3 ? "strong" : confidence == 2 ? "fair" : "weak";
    }

    /** Why it is as sure as it is. */
    public String sureBecause() {
        return ExpansionWords.sureBecause(kind, confidence);
    }

    /** What an opportunity that begins with it is called. */
    public String proposedName() {
        return ExpansionWords.opportunity(kind, subject, facts);
    }

    /** What the opportunity keeps of it. */
    List<Evidence> evidence(LocalDate today) {
        return List.of(new Evidence(kind.title(), finding(), how(), today.toString()));
    }

    /** For programs that list several causes: stable. */
    public String cause() {
        return subject.isEmpty() ? kind.key() : kind.key() + ":" + subject.toLowerCase(Locale.ROOT);
    }
}
