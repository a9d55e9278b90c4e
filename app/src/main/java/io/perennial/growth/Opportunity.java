package io.perennial.growth;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Business that is expected of a customer.
 *
 * @param amount of a year, in {@code currency}
 * @param said probability in percent as somebody said it; null for that of the stage
 * @param sourcedBy who found it; empty when nobody said
 * @param evidence what was known when it began
 */
public record Opportunity(
        UUID id,
        AccountId account,
        String accountName,
        String name,
        OpportunityKind kind,
        String product,
        String program,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable BigDecimal said,
        @Nullable UUID ownerId,
        @Nullable String ownerName,
        Stage stage,
        @Nullable LocalDate expectedOn,
        @Nullable LocalDate closedOn,
        String reason,
        String sourcedBy,
        String description,
        List<Evidence> evidence,
        String proposal,
        List<ProposalLine> lines,
        @Nullable LocalDate proposalSentOn,
        Instant createdAt,
        int version) {

    /** One thing that was known when the opportunity began. */
    public record Evidence(String title, String text, String how, String on) {}

    /** @param price of one, a year */
    public record ProposalLine(String what, BigDecimal quantity, BigDecimal price) {

        public BigDecimal amount() {
            return quantity.multiply(price);
        }
    }

    /** Percent. */
    public BigDecimal probability() {
        return said == null || !stage.open() ? BigDecimal.valueOf(stage.usual()) : said;
    }

    public BigDecimal proposed() {
        return lines.stream().map(ProposalLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public boolean overdue(LocalDate today) {
        return stage.open() && expectedOn != null && expectedOn.isBefore(today);
    }
}
