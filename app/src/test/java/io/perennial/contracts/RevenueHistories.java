package io.perennial.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Contract histories made by chance, and what they bring on a day, counted day by day from what the words mean. Nothing of the
 * product is used here: no SQL, no ranges, no other class.
 */
public final class RevenueHistories {

    public static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    public static final LocalDate LAST = LocalDate.of(2027, 3, 1);
    private static final String[] PERIODS = {"month", "quarter", "year", "term"};
    private static final String[] KINDS = {
        "subscription", "subscription", "subscription", "service", "maintenance", "perpetual", "usage"
    };

    private RevenueHistories() {}

    public record Sold(
            String amount,
            String period,
            String kind,
            String currency,
            LocalDate from,
            @Nullable LocalDate until,
            @Nullable BigDecimal escalator) {

        boolean runsOn(LocalDate day) {
            return !day.isBefore(from) && (until == null || day.isBefore(until));
        }

        /** What it brings in a year on a day: dearer from each anniversary on. */
        BigDecimal annual(LocalDate day) {
            if (escalator == null) {
                return annual();
            }
            int years = 0;
            while (!from.plusYears(years + 1L).isAfter(day)) {
                years++;
            }
            return years == 0
                    ? annual()
                    : annual().multiply(BigDecimal.ONE.add(escalator).pow(years))
                            .setScale(4, RoundingMode.HALF_UP);
        }

        /** A year's worth at the beginning. Terms of these histories have whole months. */
        BigDecimal annual() {
            BigDecimal price = new BigDecimal(amount);
            if (kind.equals("perpetual") || kind.equals("usage")) {
                return BigDecimal.ZERO;
            }
            return switch (period) {
                case "month" -> price.multiply(BigDecimal.valueOf(12));
                case "quarter" -> price.multiply(BigDecimal.valueOf(4));
                case "year" -> price;
                default ->
                    until == null
                            ? BigDecimal.ZERO
                            : price.multiply(BigDecimal.valueOf(12))
                                    .divide(
                                            BigDecimal.valueOf(
                                                    Period.between(from, until).toTotalMonths()),
                                            10,
                                            RoundingMode.HALF_UP);
            };
        }
    }

    public record Loss(LocalDate on, boolean cameBack) {}

    public record History(List<Sold> sold, List<Loss> losses) {

        /** What runs on a day, by currency; nothing below zero, and no currency without revenue. */
        Map<String, BigDecimal> running(LocalDate day) {
            Map<String, BigDecimal> sums = new TreeMap<>();
            for (Sold one : sold) {
                if (one.runsOn(day)) {
                    sums.merge(one.currency(), one.annual(day), BigDecimal::add);
                }
            }
            sums.values().removeIf(sum -> sum.signum() <= 0);
            return sums;
        }

        @Nullable
        LocalDate firstRevenue() {
            return next(FIRST);
        }

        /** The first day from this one on that brings anything. */
        private @Nullable LocalDate next(LocalDate from) {
            for (LocalDate day = from; day.isBefore(LAST); day = day.plusDays(1)) {
                if (!running(day).isEmpty()) {
                    return day;
                }
            }
            return null;
        }

        /** The last day before this one that brought anything. */
        private @Nullable LocalDate previous(LocalDate before) {
            for (LocalDate day = before.minusDays(1); !day.isBefore(FIRST); day = day.minusDays(1)) {
                if (!running(day).isEmpty()) {
                    return day;
                }
            }
            return null;
        }

        /** With grace: who renews late, or may still do, is a customer meanwhile. */
        Map<String, BigDecimal> counted(LocalDate day, LocalDate today, int grace) {
            Map<String, BigDecimal> now = running(day);
            LocalDate before = now.isEmpty() ? previous(day) : null;
            if (before == null) {
                return now;
            }
            LocalDate stopped = before.plusDays(1);
            LocalDate over = stopped.plusDays(grace);
            if (losses.stream().anyMatch(loss -> !loss.cameBack() && within(loss.on(), stopped, grace))) {
                return now;
            }
            LocalDate again = next(stopped);
            boolean late = again != null && !again.isAfter(over);
            boolean open = !late && day.isBefore(over) && over.isAfter(today);
            return late || open ? running(before) : now;
        }

        private static boolean within(LocalDate day, LocalDate stopped, int grace) {
            return !day.isBefore(stopped.minusDays(grace)) && !day.isAfter(stopped.plusDays(grace));
        }
    }

    /** Renewals in time, late and early, gaps, several lines at once, credits, escalators, two currencies, losses. */
    public static History make(SplittableRandom chance) {
        List<Sold> sold = new ArrayList<>();
        List<Loss> losses = new ArrayList<>();
        int strands = chance.nextInt(1, 4);
        for (int strand = 0; strand < strands; strand++) {
            LocalDate from = FIRST.plusDays(chance.nextInt(0, 600));
            String currency = chance.nextInt(5) == 0 ? "USD" : "EUR";
            String kind = KINDS[chance.nextInt(KINDS.length)];
            BigDecimal amount = BigDecimal.valueOf(chance.nextLong(100, 1_000_000), 2);
            int terms = chance.nextInt(1, 5);
            for (int term = 0; term < terms; term++) {
                LocalDate start = from.withDayOfMonth(Math.min(28, from.getDayOfMonth()));
                boolean open = term == terms - 1 && chance.nextInt(4) == 0;
                LocalDate end = open
                        ? null
                        : start.plusMonths(chance.nextInt(5) == 0 ? chance.nextInt(13, 37) : chance.nextInt(1, 14));
                String period = PERIODS[chance.nextInt(open ? 3 : 4)];
                boolean credit = chance.nextInt(20) == 0;
                BigDecimal escalator = chance.nextInt(4) == 0 ? BigDecimal.valueOf(chance.nextLong(-3, 12), 2) : null;
                sold.add(new Sold((credit ? "-" : "") + amount, period, kind, currency, start, end, escalator));
                if (end == null) {
                    break;
                }
                if (chance.nextInt(6) == 0) {
                    losses.add(new Loss(end.plusDays(chance.nextInt(-100, 100)), chance.nextInt(4) == 0));
                }
                // On the day, early, within the grace, at its very end, and long after it.
                int[] pauses = {0, 0, 0, -20, 14, 29, 30, 31, 89, 90, 91, 200};
                from = end.plusDays(pauses[chance.nextInt(pauses.length)]);
                if (chance.nextBoolean()) {
                    amount = amount.multiply(BigDecimal.valueOf(chance.nextLong(50, 170), 2))
                            .setScale(2, RoundingMode.HALF_UP);
                }
            }
        }
        return new History(sold, losses);
    }
}
