package io.perennial.contracts;

import io.perennial.contracts.RevenueHistories.Sold;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line as it runs, worked out once. */
record RunningLine(
        Sold sold,
        BigDecimal base,
        @Nullable LocalDate firstEnd,
        @Nullable LocalDate end,
        List<LocalDate> ends,
        boolean lost,
        boolean discounted) {

    private static final int MOST_YEARS = 20;

    boolean on(LocalDate day) {
        return !day.isBefore(sold.from()) && (end == null || day.isBefore(end));
    }

    /** Days on which agreed prices rise: true for an anniversary, false for a renewal by itself. */
    private List<Map.Entry<LocalDate, Boolean>> rises(LocalDate until) {
        List<Map.Entry<LocalDate, Boolean>> rises = new ArrayList<>();
        boolean itself = firstEnd != null && (end == null || end.isAfter(firstEnd));
        BigDecimal escalator = sold.escalator();
        for (int year = 1; year <= MOST_YEARS && escalator != null && escalator.signum() != 0; year++) {
            LocalDate day = sold.from().plusYears(year);
            boolean renewal = itself && sold.uplift() != null && ends.contains(day);
            if (!day.isAfter(until) && (end == null || day.isBefore(end)) && !renewal) {
                rises.add(Map.entry(day, true));
            }
        }
        BigDecimal uplift = sold.uplift();
        if (itself && uplift != null && uplift.signum() != 0) {
            int apart = atMostYearly();
            for (int place = 0; place < ends.size() && place / apart < MOST_YEARS; place += apart) {
                LocalDate day = ends.get(place);
                if (!day.isAfter(until) && (end == null || day.isBefore(end))) {
                    rises.add(Map.entry(day, false));
                }
            }
        }
        return rises;
    }

    /** So many renewals apart are two uplifts: a year or more. */
    private int atMostYearly() {
        LocalDate first = ends.getFirst();
        int apart = 1;
        while (apart < ends.size() && ChronoUnit.DAYS.between(first, ends.get(apart)) < 365) {
            apart++;
        }
        return apart;
    }

    BigDecimal annual(LocalDate day) {
        return annual(day, day);
    }

    /** With rises until one day and without the discount on another. */
    private BigDecimal annual(LocalDate rising, LocalDate day) {
        List<Map.Entry<LocalDate, Boolean>> rises = rises(rising);
        boolean full = discountOver(day);
        if (rises.isEmpty() && !full) {
            return base;
        }
        BigDecimal price = base;
        for (Map.Entry<LocalDate, Boolean> rise : rises) {
            BigDecimal share = rise.getValue() ? sold.escalator() : sold.uplift();
            price = price.multiply(BigDecimal.ONE.add(share));
        }
        return full
                ? price.divide(BigDecimal.ONE.subtract(sold.discount()), 4, RoundingMode.HALF_UP)
                : price.setScale(4, RoundingMode.HALF_UP);
    }

    private boolean discountOver(LocalDate day) {
        LocalDate ends = sold.discountEnds();
        return discounted
                && ends != null
                && ends.isAfter(sold.from())
                && (end == null || ends.isBefore(end))
                && !day.isBefore(ends);
    }

    /** How much dearer by what was agreed, until a day. */
    BigDecimal priced(LocalDate until) {
        BigDecimal sum = BigDecimal.ZERO;
        List<LocalDate> days =
                rises(until).stream().map(Map.Entry::getKey).distinct().sorted().toList();
        for (LocalDate day : days) {
            // On one day the price rises before the discount ends.
            LocalDate before = day.minusDays(1);
            sum = sum.add(annual(day, before).subtract(annual(before, before)));
        }
        return sum;
    }
}
