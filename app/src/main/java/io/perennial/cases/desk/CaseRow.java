package io.perennial.cases.desk;

import io.perennial.cases.CaseCard;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A case in the queue, with what its customer is worth and how the relationship is.
 *
 * @param nextDue kind of the promise that is due next; null when none runs
 * @param escalatedWhy what help from above is needed for; null when none is
 * @param news whether something came since the viewer, who follows it, last looked
 */
public record CaseRow(
        UUID id,
        long number,
        String subject,
        CaseState state,
        @Nullable String priority,
        @Nullable String product,
        @Nullable String assignee,
        @Nullable UUID assigneeId,
        Instant openedAt,
        @Nullable Instant dueAt,
        @Nullable Instant riskAt,
        @Nullable String nextDue,
        @Nullable Instant reopenedAt,
        boolean approvalNeeded,
        UUID accountId,
        String account,
        @Nullable Double score,
        @Nullable String band,
        @Nullable BigDecimal arr,
        @Nullable String currency,
        @Nullable String contact,
        @Nullable BigDecimal satisfaction,
        BigDecimal satisfactionScale,
        @Nullable String attention,
        @Nullable String escalatedWhy,
        @Nullable String team,
        List<String> tags,
        boolean news) {

    /** {@code 2 of 5}, or empty. */
    public String satisfactionWords() {
        return satisfaction == null
                ? ""
                : satisfaction.stripTrailingZeros().toPlainString() + " of "
                        + satisfactionScale.stripTrailingZeros().toPlainString();
    }

    /** At most two fifths of what could be reached. */
    public boolean isUnhappy() {
        return satisfaction != null
                && satisfaction.multiply(BigDecimal.valueOf(5)).compareTo(satisfactionScale.multiply(BigDecimal.TWO))
                        <= 0;
    }

    /** {@code First answer: 42 min left}, {@code Solution: 2 h over}, or empty. */
    public String dueWords(Instant now) {
        if (dueAt == null || nextDue == null) {
            return "";
        }
        return left(dueAt, now);
    }

    public String dueKind() {
        return nextDue == null ? "" : title(nextDue);
    }

    public static String title(String kind) {
        return switch (kind) {
            case "first-response" -> "First answer";
            case "update" -> "Next update";
            default -> "Solution";
        };
    }

    /** Tone of the chip: broken, nearly broken, fine. */
    public @Nullable String tone(Instant now) {
        if (dueAt == null) {
            return null;
        }
        return dueAt.isBefore(now) ? "at-risk" : riskAt != null && !riskAt.isAfter(now) ? "watch" : null;
    }

    /** {@code 42 min left}, {@code 3 days over}. */
    public static String left(Instant due, Instant now) {
        boolean over = due.isBefore(now);
        Duration distance = over ? Duration.between(due, now) : Duration.between(now, due);
        return CaseCard.lasted(distance) + (over ? " over" : " left");
    }
}
