package io.perennial.cases;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A case as the account page shows it. */
public record CaseCard(
        UUID id,
        String externalId,
        @Nullable String subject,
        @Nullable UUID contactId,
        Instant openedAt,
        @Nullable Duration firstResponse,
        @Nullable Instant resolvedAt,
        @Nullable Instant closedAt,
        @Nullable String status,
        @Nullable String priority,
        @Nullable String cause,
        @Nullable String product,
        @Nullable String assignee,
        @Nullable BigDecimal satisfaction,
        @Nullable BigDecimal satisfactionScale,
        int reopened,
        boolean escalated) {

    public String title() {
        return subject == null ? "Case " + externalId : subject;
    }

    public boolean isOpenAt(Instant now) {
        Instant ended = resolvedAt == null ? closedAt : resolvedAt;
        return ended == null || ended.isAfter(now);
    }

    public @Nullable Duration timeToResolve() {
        return resolvedAt == null || resolvedAt.isBefore(openedAt) ? null : Duration.between(openedAt, resolvedAt);
    }

    /** {@code 4 of 5}, or empty. */
    public String satisfactionWords() {
        return satisfaction == null
                ? ""
                : satisfaction.stripTrailingZeros().toPlainString() + " of "
                        + (satisfactionScale == null
                                ? "5"
                                : satisfactionScale.stripTrailingZeros().toPlainString());
    }

    /** Tone of the priority's chip. */
    public @Nullable String tone() {
        return "urgent".equals(priority) ? "at-risk" : "high".equals(priority) ? "watch" : null;
    }

    /** {@code 40 min}, {@code 6 h}, {@code 3 days}. */
    public static String lasted(@Nullable Duration duration) {
        if (duration == null) {
            return "–";
        }
        if (duration.toMinutes() < 90) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
    }
}
