package io.perennial.contracts;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was sold to one customer, as its page shows it. Ends are exclusive. */
public record Sold(List<Sum> revenue, List<Agreement> contracts, List<Line> lines, List<Loss> losses) {

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

    /** A contract line. */
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
            @Nullable Boolean autoRenew) {}

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
