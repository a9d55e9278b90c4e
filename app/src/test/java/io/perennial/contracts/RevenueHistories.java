package io.perennial.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
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
    public static final int GRACE = 90;

    private static final String[] PERIODS = {"month", "quarter", "year", "term"};
    private static final String[] KINDS = {
        "subscription", "subscription", "subscription", "service", "maintenance", "perpetual", "usage"
    };

    private RevenueHistories() {}

    /** How a company counts: whether what renews itself goes on in silence, and whether discounts that end lower revenue. */
    public record Ways(boolean goesOn, boolean allDiscounts) {

        public static final Ways USUAL = new Ways(true, false);
    }

    /** @param contract place in the history's list; null without */
    public record Sold(
            String amount,
            String period,
            String kind,
            String currency,
            LocalDate from,
            @Nullable LocalDate until,
            @Nullable BigDecimal escalator,
            String product,
            @Nullable Integer contract,
            @Nullable Boolean itself,
            @Nullable BigDecimal uplift,
            @Nullable BigDecimal discount,
            @Nullable LocalDate discountEnds,
            @Nullable LocalDate agreed) {

        /** Whether it brings anything on any day. */
        boolean counts() {
            return written().signum() != 0 && (until == null || until.isAfter(from));
        }

        /** A year's worth at the beginning as it is written. Amounts for a term are of whole months in these histories. */
        BigDecimal written() {
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

    /** @param replaces place of another in the list */
    public record Agreement(
            @Nullable Boolean itself,
            @Nullable Integer renewalMonths,
            @Nullable Integer replaces,
            @Nullable LocalDate until) {}

    /** @param contract which one was cancelled; null for all */
    public record Loss(
            LocalDate on,
            @Nullable LocalDate effective,
            @Nullable Integer contract,
            boolean cameBack) {

        public Loss(LocalDate on, boolean cameBack) {
            this(on, null, null, cameBack);
        }

        LocalDate said() {
            return effective == null ? on : effective;
        }
    }

    public record History(List<Sold> sold, List<Loss> losses, List<Agreement> contracts) {

        /** Two accounts that became one. */
        History and(History other) {
            List<Sold> bothSold = new ArrayList<>(sold);
            List<Loss> bothLosses = new ArrayList<>(losses);
            List<Agreement> both = new ArrayList<>(contracts);
            int shift = contracts.size();
            for (Sold one : other.sold) {
                Integer contract = one.contract();
                bothSold.add(new Sold(
                        one.amount(),
                        one.period(),
                        one.kind(),
                        one.currency(),
                        one.from(),
                        one.until(),
                        one.escalator(),
                        one.product(),
                        contract == null ? null : Integer.valueOf(contract + shift),
                        one.itself(),
                        one.uplift(),
                        one.discount(),
                        one.discountEnds(),
                        one.agreed()));
            }
            for (Loss loss : other.losses) {
                Integer contract = loss.contract();
                bothLosses.add(new Loss(
                        loss.on(),
                        loss.effective(),
                        contract == null ? null : Integer.valueOf(contract + shift),
                        loss.cameBack()));
            }
            for (Agreement agreement : other.contracts) {
                Integer replaces = agreement.replaces();
                both.add(new Agreement(
                        agreement.itself(),
                        agreement.renewalMonths(),
                        replaces == null ? null : Integer.valueOf(replaces + shift),
                        agreement.until()));
            }
            return new History(bothSold, bothLosses, both);
        }

        /** What a company that counts in these ways sees. */
        public Counted counted(Ways ways) {
            LineEnds ends = new LineEnds(this, ways);
            List<RunningLine> runs = sold.stream()
                    .filter(Sold::counts)
                    .map(ends::of)
                    .filter(run ->
                            run.end() == null || run.end().isAfter(run.sold().from()))
                    .toList();
            return new Counted(this, runs, new HashMap<>());
        }
    }

    /** A history in the ways of a company. */
    public record Counted(History history, List<RunningLine> runs, Map<LocalDate, Map<String, BigDecimal>> known) {

        /** What runs on a day, by currency; nothing below zero, and no currency without revenue. */
        public Map<String, BigDecimal> running(LocalDate day) {
            return known.computeIfAbsent(day, this::sums);
        }

        private Map<String, BigDecimal> sums(LocalDate day) {
            Map<String, BigDecimal> sums = new TreeMap<>();
            for (RunningLine run : runs) {
                if (run.on(day)) {
                    sums.merge(run.sold().currency(), run.annual(day), BigDecimal::add);
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

        /** The day whose revenue counts: with grace, of who renews late or may still do, the last that brought any. */
        LocalDate standing(LocalDate day, LocalDate today, int grace) {
            LocalDate before = running(day).isEmpty() ? previous(day) : null;
            if (before == null || grace == 0) {
                return day;
            }
            LocalDate stopped = before.plusDays(1);
            LocalDate over = stopped.plusDays(grace);
            LocalDate again = next(stopped);
            if (again != null && !again.isAfter(over)) {
                return before;
            }
            boolean declared =
                    history.losses().stream().anyMatch(loss -> !loss.cameBack() && within(loss.said(), stopped, grace))
                            || runs.stream().anyMatch(run -> run.lost() && stopped.equals(run.end()));
            return !declared && day.isBefore(over) && over.isAfter(today) ? before : day;
        }

        /** What agreed prices brought between two standings, in one currency. */
        BigDecimal priced(String currency, LocalDate from, LocalDate until) {
            BigDecimal sum = BigDecimal.ZERO;
            for (RunningLine run : runs) {
                if (run.sold().currency().equals(currency)) {
                    sum = sum.add(run.priced(until)).subtract(run.priced(from));
                }
            }
            return sum;
        }

        private static boolean within(LocalDate day, LocalDate stopped, int grace) {
            return !day.isBefore(stopped.minusDays(grace)) && !day.isAfter(stopped.plusDays(grace));
        }
    }

    /**
     * Renewals in time, late and early, gaps, several lines at once, credits, escalators, two currencies, losses; lines that renew
     * themselves, with uplifts and terms of months and of days, at the end of months and from leap days on; contracts that replace
     * others, cuts, and discounts that end.
     */
    public static History make(SplittableRandom chance) {
        List<Sold> sold = new ArrayList<>();
        List<Loss> losses = new ArrayList<>();
        List<Agreement> contracts = new ArrayList<>();
        int strands = chance.nextInt(1, 4);
        for (int strand = 0; strand < strands; strand++) {
            LocalDate from =
                    chance.nextInt(12) == 0 ? LocalDate.of(2024, 2, 29) : FIRST.plusDays(chance.nextInt(0, 600));
            String currency = chance.nextInt(5) == 0 ? "USD" : "EUR";
            String kind = KINDS[chance.nextInt(KINDS.length)];
            String product = "Product " + chance.nextInt(3);
            BigDecimal amount = BigDecimal.valueOf(chance.nextLong(100, 1_000_000), 2);
            boolean exactDays = chance.nextInt(3) == 0;
            Integer contract = chance.nextBoolean() ? contract(contracts, chance, null) : null;
            int terms = chance.nextInt(1, 5);
            for (int term = 0; term < terms; term++) {
                LocalDate start = exactDays ? from : from.withDayOfMonth(Math.min(28, from.getDayOfMonth()));
                boolean open = term == terms - 1 && chance.nextInt(4) == 0;
                boolean days = !open && chance.nextInt(8) == 0;
                LocalDate end = open
                        ? null
                        : days
                                ? start.plusDays(chance.nextInt(20, 400))
                                : start.plusMonths(
                                        chance.nextInt(5) == 0 ? chance.nextInt(13, 37) : chance.nextInt(1, 14));
                String period = PERIODS[chance.nextInt(open || days || exactDays ? 3 : 4)];
                boolean credit = chance.nextInt(20) == 0;
                BigDecimal escalator = chance.nextInt(4) == 0 ? BigDecimal.valueOf(chance.nextLong(-3, 12), 2) : null;
                Boolean itself = chance.nextInt(3) == 0 ? Boolean.valueOf(chance.nextInt(4) > 0) : null;
                BigDecimal uplift = chance.nextInt(3) == 0 ? BigDecimal.valueOf(chance.nextLong(-2, 10), 2) : null;
                BigDecimal discount = chance.nextInt(8) == 0 ? BigDecimal.valueOf(chance.nextLong(0, 60), 2) : null;
                LocalDate discountEnds =
                        discount != null && chance.nextBoolean() ? start.plusDays(chance.nextInt(-20, 400)) : null;
                LocalDate agreed = end != null && !period.equals("term") && chance.nextInt(12) == 0
                        ? end.plusDays(chance.nextInt(-30, 200))
                        : null;
                sold.add(new Sold(
                        (credit ? "-" : "") + amount,
                        period,
                        kind,
                        currency,
                        start,
                        end,
                        escalator,
                        product,
                        contract,
                        itself,
                        uplift,
                        discount,
                        discountEnds,
                        agreed));
                if (end == null) {
                    break;
                }
                if (chance.nextInt(6) == 0) {
                    LocalDate on = end.plusDays(chance.nextInt(-100, 300));
                    losses.add(new Loss(
                            on,
                            chance.nextInt(3) == 0 ? on.plusDays(chance.nextInt(0, 120)) : null,
                            contract != null && chance.nextBoolean() ? contract : null,
                            chance.nextInt(4) == 0));
                }
                // On the day, early, within the grace, at its very end, and long after it.
                int[] pauses = {0, 0, 0, -20, -70, 14, 29, 30, 31, 89, 90, 91, 200};
                from = end.plusDays(pauses[chance.nextInt(pauses.length)]);
                if (from.isBefore(FIRST)) {
                    from = FIRST;
                }
                if (chance.nextBoolean()) {
                    amount = amount.multiply(BigDecimal.valueOf(chance.nextLong(50, 170), 2))
                            .setScale(2, RoundingMode.HALF_UP);
                }
                if (contract != null && chance.nextInt(3) == 0) {
                    contract = contract(contracts, chance, contract);
                }
            }
        }
        return new History(sold, losses, contracts);
    }

    private static int contract(List<Agreement> contracts, SplittableRandom chance, @Nullable Integer before) {
        contracts.add(new Agreement(
                chance.nextInt(3) == 0 ? Boolean.TRUE : null,
                chance.nextInt(4) == 0 ? Integer.valueOf(chance.nextInt(1, 25)) : null,
                before != null && chance.nextBoolean() ? before : null,
                chance.nextInt(3) == 0 ? FIRST.plusDays(chance.nextInt(100, 900)) : null));
        return contracts.size() - 1;
    }
}
