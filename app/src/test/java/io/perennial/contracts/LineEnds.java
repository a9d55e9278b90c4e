package io.perennial.contracts;

import io.perennial.contracts.RevenueHistories.Agreement;
import io.perennial.contracts.RevenueHistories.History;
import io.perennial.contracts.RevenueHistories.Loss;
import io.perennial.contracts.RevenueHistories.Sold;
import io.perennial.contracts.RevenueHistories.Ways;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How long each line of a history runs: until what follows or replaces it, until it was cancelled, or until its end. */
final class LineEnds {

    /** Half a year: a line that begins longer before another ends does not follow it. */
    private static final int EARLY = 183;

    private final History history;
    private final Ways ways;

    LineEnds(History history, Ways ways) {
        this.history = history;
        this.ways = ways;
    }

    /** When a contract that replaces that of this line begins, unless it began before it. */
    private @Nullable LocalDate replacedOn(Sold line) {
        if (line.contract() == null) {
            return null;
        }
        LocalDate began = history.sold().stream()
                .filter(one -> line.contract().equals(one.contract()))
                .map(Sold::from)
                .min(LocalDate::compareTo)
                .orElseThrow();
        return history.sold().stream()
                .filter(one -> one.contract() != null
                        && line.contract()
                                .equals(history.contracts().get(one.contract()).replaces()))
                .filter(one -> one.written().signum() > 0 && one.from().isAfter(began))
                .map(Sold::from)
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    /** The end as it is written, or as a replacement cuts it. */
    private @Nullable LocalDate firstEnd(Sold line) {
        LocalDate replaced = replacedOn(line);
        if (replaced == null || line.until() != null && !replaced.isBefore(line.until())) {
            return line.until();
        }
        return replaced.isBefore(line.from()) ? line.from() : replaced;
    }

    RunningLine of(Sold line) {
        BigDecimal base = line.written();
        BigDecimal discount = line.discount();
        if (line.discountEnds() != null && !ways.allDiscounts() && discount != null && discount.signum() > 0) {
            base = base.divide(BigDecimal.ONE.subtract(discount), 4, RoundingMode.HALF_UP);
        } else if (line.discountEnds() != null && !(discount != null && discount.signum() > 0 && ways.allDiscounts())) {
            base = base.setScale(4, RoundingMode.HALF_UP);
        }
        boolean discounted = ways.allDiscounts() && discount != null && discount.signum() > 0;
        LocalDate first = firstEnd(line);
        LocalDate replaced = replacedOn(line);
        LocalDate until = line.until();
        if (until == null || !ways.goesOn() || !renewsItself(line)) {
            return new RunningLine(line, base, first, first, List.of(), false, discounted);
        }
        List<LocalDate> ends = ends(line);
        LocalDate follower = follower(line);
        LocalDate cancelled = null;
        for (Loss loss : history.losses()) {
            if (!loss.cameBack()
                    && (loss.contract() == null || loss.contract().equals(line.contract()))
                    && loss.said().isAfter(line.from())) {
                LocalDate over = over(loss, ends);
                cancelled = cancelled == null || over.isBefore(cancelled) ? over : cancelled;
            }
        }
        LocalDate end = null;
        for (LocalDate stop : new LocalDate[] {follower, cancelled, replaced}) {
            if (stop != null && (end == null || stop.isBefore(end))) {
                end = stop;
            }
        }
        if (end != null && end.isBefore(until)) {
            end = until;
        }
        return new RunningLine(line, base, first, end, ends, end != null && end.equals(cancelled), discounted);
    }

    private boolean renewsItself(Sold line) {
        LocalDate until = line.until();
        LocalDate replaced = replacedOn(line);
        if (until == null
                || line.agreed() != null && until.isBefore(line.agreed())
                || replaced != null && !replaced.isAfter(until)) {
            return false;
        }
        if (line.itself() != null) {
            return line.itself();
        }
        if (line.contract() == null) {
            return false;
        }
        Agreement contract = history.contracts().get(line.contract());
        return Boolean.TRUE.equals(contract.itself())
                && (contract.until() == null || !until.isBefore(contract.until()));
    }

    /** The end of the first term and of all that follow by themselves, far beyond what is looked at. */
    private List<LocalDate> ends(Sold line) {
        LocalDate until = Objects.requireNonNull(line.until());
        int own = 0;
        for (int months = 1; months < 240 && own == 0; months++) {
            LocalDate then = line.from().plusMonths(months);
            if (then.equals(until) || then.minusDays(1).equals(until)) {
                own = months;
            }
        }
        Integer agreed = line.contract() == null
                ? null
                : history.contracts().get(line.contract()).renewalMonths();
        int months = agreed == null ? own : agreed;
        boolean exact = own > 0 && line.from().plusMonths(own).equals(until);
        long days = ChronoUnit.DAYS.between(line.from(), until);
        List<LocalDate> ends = new ArrayList<>();
        LocalDate end = until;
        LocalDate far = history.losses().stream()
                .map(Loss::on)
                .reduce(
                        until.isAfter(RevenueHistories.LAST) ? until : RevenueHistories.LAST,
                        (one, other) -> other.isAfter(one) ? other : one)
                .plusYears(3);
        for (int step = 1; end.isBefore(far); step++) {
            ends.add(end);
            if (months == 0) {
                end = until.plusDays(days * step);
            } else {
                end = exact
                        ? line.from().plusMonths(own + (long) step * months)
                        : until.plusMonths((long) step * months);
            }
        }
        ends.add(end);
        return ends;
    }

    /** When the line begins that follows this one: of the same product, or on the day one of a product that is new here. */
    private @Nullable LocalDate follower(Sold line) {
        LocalDate until = Objects.requireNonNull(line.until());
        LocalDate first = null;
        for (Sold next : history.sold()) {
            LocalDate nextEnd = firstEnd(next);
            if (line.written().signum() <= 0
                    || next == line
                    || !next.counts()
                    || next.written().signum() <= 0
                    || !next.from().isAfter(line.from())
                    || next.from().isBefore(until.minusDays(EARLY))
                    || nextEnd != null && !nextEnd.isAfter(until)) {
                continue;
            }
            boolean onTheDay = next.from().equals(until);
            boolean follows;
            if (next.product().equals(line.product())) {
                follows = onTheDay
                        || history.sold().stream()
                                .noneMatch(other -> other != line
                                        && other.counts()
                                        && other.product().equals(next.product())
                                        && next.from().equals(firstEnd(other)));
            } else {
                follows = onTheDay
                        && history.sold().stream()
                                .noneMatch(other -> other.counts()
                                        && other.product().equals(next.product())
                                        && other.from().isBefore(next.from()));
            }
            if (follows && (first == null || next.from().isBefore(first))) {
                first = next.from();
            }
        }
        return first;
    }

    private static LocalDate over(Loss loss, List<LocalDate> ends) {
        LocalDate until = ends.getFirst();
        if (loss.effective() != null) {
            return loss.effective().isBefore(until) ? until : loss.effective();
        }
        if (!loss.on().isAfter(until)) {
            return until;
        }
        LocalDate last = until;
        for (LocalDate end : ends) {
            if (!end.isBefore(loss.on())) {
                boolean longTerms = ChronoUnit.DAYS.between(until, ends.get(1)) > RevenueHistories.GRACE;
                return longTerms && ChronoUnit.DAYS.between(last, loss.on()) <= RevenueHistories.GRACE ? last : end;
            }
            last = end;
        }
        throw new IllegalStateException("Looked too short a way ahead.");
    }
}
