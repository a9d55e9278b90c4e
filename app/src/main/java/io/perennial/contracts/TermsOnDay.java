package io.perennial.contracts;

import io.perennial.contracts.Terms.Known;
import io.perennial.contracts.Terms.Sold;
import io.perennial.contracts.Terms.Term;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one account's contracts said on a day. When all has ended and a late renewal may still come, what ran on the last day stands: the
 * customer is one until the grace is over or the loss is declared.
 *
 * @param lapsedOn the first day on which nothing ran any more, within the grace; else null
 */
record TermsOnDay(
        List<Term> terms, LocalDate today, @Nullable LocalDate lapsedOn) {

    static TermsOnDay of(Known known, LocalDate today) {
        return new TermsOnDay(known.terms(), today, lapsedOn(known, today));
    }

    private static @Nullable LocalDate lapsedOn(Known known, LocalDate today) {
        boolean priced = known.terms().stream().noneMatch(Term::money);
        LocalDate ended = null;
        for (Term term : known.terms()) {
            Sold sold = term.sold();
            boolean counts =
                    !term.money() && (!priced || sold == null || sold.annual().signum() != 0);
            if (counts && (term.startsOn() == null || term.begunOn(today))) {
                LocalDate end = term.endsOn();
                if (end == null || end.isAfter(today)) {
                    return null;
                }
                ended = ended == null || end.isAfter(ended) ? end : ended;
            }
        }
        return ended != null
                        && ended.plusDays(known.grace()).isAfter(today)
                        && !declared(known, ended, today)
                        && !cutShort(known.terms(), ended)
                        && broughtSomething(known.terms(), ended.minusDays(1))
                ? ended
                : null;
    }

    /** What ended before its agreed end was given up, and nobody waits for its renewal. */
    private static boolean cutShort(List<Term> terms, LocalDate ended) {
        return terms.stream()
                .filter(term -> !term.money() && ended.equals(term.endsOn()))
                .map(Term::scheduledEndsOn)
                .allMatch(agreed -> agreed != null && agreed.isAfter(ended));
    }

    private static boolean declared(Known known, LocalDate ended, LocalDate today) {
        return known.losses().stream()
                .anyMatch(loss -> !loss.saidOn().isAfter(today)
                        && Math.abs(ChronoUnit.DAYS.between(loss.lostOn(), ended)) <= known.grace());
    }

    /** Trials and what is free have no renewal to wait for; a contract without lines says nothing of money. */
    private static boolean broughtSomething(List<Term> terms, LocalDate day) {
        return terms.stream().allMatch(term -> term.sold() == null)
                || terms.stream()
                        .anyMatch(term -> term.runsOn(day) && term.annualOn(day).signum() > 0);
    }

    /** Whether what ended last was a month, which the next one follows without anybody renewing it. */
    boolean lapsedByAMonth() {
        return lapsedOn != null
                && terms.stream()
                        .filter(term -> !term.money() && lapsedOn.equals(term.endsOn()))
                        .allMatch(term -> term.scheduledEndsOn() == null
                                && term.startsOn() != null
                                && !term.startsOn().plusDays(A_MONTH).isBefore(lapsedOn));
    }

    /** The day whose state counts. */
    private LocalDate standing() {
        return lapsedOn == null ? today : lapsedOn.minusDays(1);
    }

    /** Terms so short have no renewal, and so long the next of them is waited for. */
    static final int A_MONTH = 31;

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
     * The nearest end, as known on the day, of what runs; the day of the lapse within the grace.
     *
     * @param withoutBeginning whether a contract that does not say when it begins runs too
     */
    Optional<End> nextEnd(boolean withoutBeginning) {
        if (lapsedOn != null) {
            return Optional.of(new End(lapsedOn, null));
        }
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
            if (sold != null && sold.currency().equals(currency) && term.runsOn(standing())) {
                sum = sum.add(term.annualOn(standing()));
            }
        }
        return sum;
    }

    /** What runs brings in a year, in the currency that brings most. */
    Optional<Map.Entry<String, BigDecimal>> annual() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Term term : terms) {
            Sold sold = term.sold();
            if (sold != null && term.runsOn(standing())) {
                sums.merge(sold.currency(), term.annualOn(standing()), BigDecimal::add);
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
            if (sold != null && sold.seats() != null && term.runsOn(standing())) {
                seats += sold.seats();
                any = true;
            }
        }
        return any ? Long.valueOf(Math.min(seats, Integer.MAX_VALUE)) : null;
    }
}
