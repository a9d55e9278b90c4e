package io.perennial.contracts;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was sold to one customer, as its page shows it. Ends are exclusive.
 *
 * @param merger when the account became part of another, which has its revenue; null for a customer of its own
 */
public record Sold(
        List<Sum> revenue,
        List<Agreement> contracts,
        List<Line> lines,
        List<Loss> losses,
        @Nullable Merger merger) {

    public boolean isEmpty() {
        return contracts.isEmpty() && lines.isEmpty() && losses.isEmpty();
    }

    public List<Line> running() {
        return lines.stream().filter(Line::running).toList();
    }

    /** The nearest end of what runs, or null. */
    public @Nullable Line nextToEnd() {
        Line next = null;
        for (Line line : running()) {
            LocalDate end = line.endsOn();
            LocalDate nearest = next == null ? null : next.endsOn();
            if (end != null && (nearest == null || end.isBefore(nearest))) {
                next = line;
            }
        }
        return next;
    }

    /** @param before a year's revenue as it was a year ago; null when there was none */
    public record Sum(
            String currency, BigDecimal annual, @Nullable BigDecimal before) {}

    /** A contract. */
    public record Agreement(
            UUID id,
            String externalId,
            @Nullable String name,
            @Nullable String program,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable Boolean autoRenew,
            int noticeDays) {

        public String title() {
            return name == null ? externalId : name;
        }

        /** Last day on which notice can be given, or null for an open contract. */
        public @Nullable LocalDate noticeBy() {
            return endsOn == null ? null : endsOn.minusDays(noticeDays);
        }
    }

    /** Into whom the account was merged. */
    public record Merger(UUID into, String name, LocalDate on) {}

    /**
     * A contract line.
     *
     * @param endsOn of the term that runs, which may have begun by itself
     * @param byItselfSince the end that is written, when the line went on by itself past it; else null
     * @param replaced another contract took its place before its end
     * @param ofAccount name of the account that bought it, when it became part of this one; else null
     */
    public record Line(
            UUID id,
            String product,
            @Nullable String contract,
            @Nullable UUID contractId,
            @Nullable String kind,
            @Nullable Integer seats,
            @Nullable BigDecimal amount,
            @Nullable String period,
            String currency,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            boolean running,
            @Nullable Boolean autoRenew,
            @Nullable LocalDate byItselfSince,
            boolean replaced,
            @Nullable String ofAccount) {}

    /** A cancellation. */
    public record Loss(
            UUID id,
            LocalDate cancelledOn,
            @Nullable LocalDate effectiveOn,
            String category,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String competitor,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            boolean reactivated) {

        /** The taxonomy's word as people read it: {@code bad fit}. */
        public String categoryName() {
            return category.replace('_', ' ');
        }
    }
}
