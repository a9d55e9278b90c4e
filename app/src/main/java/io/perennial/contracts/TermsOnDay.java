package io.perennial.contracts;

import io.perennial.contracts.Terms.Sold;
import io.perennial.contracts.Terms.Term;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one account's contracts said on a day. */
record TermsOnDay(List<Term> terms, LocalDate today) {

    /** The end as known on the day, and whether it goes on by itself; what says nothing comes last. */
    private static final Comparator<End> NEAREST = Comparator.comparing(
                    End::on, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
            .thenComparing(End::autoRenew, Comparator.nullsLast(Comparator.<Boolean>naturalOrder()));

    /** @param on null when no end is agreed */
    record End(@Nullable LocalDate on, @Nullable Boolean autoRenew) {}

    /** Revenue of a year in one currency. */
    record Revenue(String currency, BigDecimal before, BigDecimal now) {}

    /** The first beginning; empty when nothing has begun. */
    Optional<LocalDate> since() {
        return terms.stream()
                .filter(term -> term.begunOn(today))
                .map(Term::startsOn)
                .min(Comparator.naturalOrder());
    }

    /**
     * The nearest end, as known on the day, of what runs.
     *
     * @param withoutBeginning whether a contract that does not say when it begins runs too
     */
    Optional<End> nextEnd(boolean withoutBeginning) {
        return terms.stream()
                .filter(term -> !term.money()
                        && term.notEndedOn(today)
                        && (term.begunOn(today) || withoutBeginning && term.startsOn() == null))
                .map(term -> new End(term.endKnownOn(today), term.autoRenew()))
                .min(NEAREST);
    }

    /** Of the currency that brought most on the earlier day. */
    Optional<Revenue> since(LocalDate earlier) {
        Map<String, BigDecimal> before = new TreeMap<>();
        for (Term term : terms) {
            Sold sold = term.sold();
            if (sold != null && term.begunOn(today) && term.runsOn(earlier)) {
                before.merge(sold.currency(), term.annualOn(earlier), BigDecimal::add);
            }
        }
        return most(before)
                .filter(most -> most.getValue().signum() > 0)
                .map(most -> new Revenue(most.getKey(), most.getValue(), running(most.getKey())));
    }

    private BigDecimal running(String currency) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Term term : terms) {
            Sold sold = term.sold();
            if (sold != null && sold.currency().equals(currency) && term.runsOn(today)) {
                sum = sum.add(term.annualOn(today));
            }
        }
        return sum;
    }

    /** What runs brings in a year, in the currency that brings most. */
    Optional<Map.Entry<String, BigDecimal>> annual() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Term term : terms) {
            Sold sold = term.sold();
            if (sold != null && term.runsOn(today)) {
                sums.merge(sold.currency(), term.annualOn(today), BigDecimal::add);
            }
        }
        return most(sums);
    }

    /** Equals in the order of their names. */
    private static Optional<Map.Entry<String, BigDecimal>> most(Map<String, BigDecimal> sums) {
        Map.Entry<String, BigDecimal> most = null;
        for (Map.Entry<String, BigDecimal> sum : sums.entrySet()) {
            if (most == null || sum.getValue().compareTo(most.getValue()) > 0) {
                most = sum;
            }
        }
        return Optional.ofNullable(most);
    }

    /** Seats sold; null when nothing that runs is sold by seats. */
    @Nullable
    Long seats() {
        long seats = 0;
        boolean any = false;
        for (Term term : terms) {
            Sold sold = term.sold();
            if (sold != null && sold.seats() != null && term.runsOn(today)) {
                seats += sold.seats();
                any = true;
            }
        }
        return any ? Long.valueOf(Math.min(seats, Integer.MAX_VALUE)) : null;
    }
}
