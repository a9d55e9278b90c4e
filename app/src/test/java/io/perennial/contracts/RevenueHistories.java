package io.perennial.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Half a year: a line that begins longer before another ends does not follow it. */
    private static final int EARLY = 183;

    private static final int MOST_YEARS = 20;
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

    /** A line as it runs, worked out once. */
    private record Run(
            Sold sold,
            BigDecimal base,
            @Nullable LocalDate firstEnd,
            @Nullable LocalDate end,
            List<LocalDate> ends,
            boolean lost,
            boolean discounted) {

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
            List<LocalDate> days = rises(until).stream()
                    .map(Map.Entry::getKey)
                    .distinct()
                    .sorted()
                    .toList();
            for (LocalDate day : days) {
                // On one day the price rises before the discount ends.
                LocalDate before = day.minusDays(1);
                sum = sum.add(annual(day, before).subtract(annual(before, before)));
            }
            return sum;
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
            List<Run> runs = new ArrayList<>();
            for (Sold one : sold) {
                if (one.written().signum() != 0
                        && (one.until() == null || one.until().isAfter(one.from()))) {
                    Run run = run(one, ways);
                    if (run.end() == null || run.end().isAfter(one.from())) {
                        runs.add(run);
                    }
                }
            }
            return new Counted(this, runs, new HashMap<>());
        }

        private boolean counts(Sold one) {
            return one.written().signum() != 0
                    && (one.until() == null || one.until().isAfter(one.from()));
        }

        /** When a contract that replaces that of this line begins, unless it began before it. */
        private @Nullable LocalDate replacedOn(Sold line) {
            if (line.contract() == null) {
                return null;
            }
            LocalDate began = sold.stream()
                    .filter(one -> line.contract().equals(one.contract()))
                    .map(Sold::from)
                    .min(LocalDate::compareTo)
                    .orElseThrow();
            return sold.stream()
                    .filter(one -> one.contract() != null
                            && line.contract()
                                    .equals(contracts.get(one.contract()).replaces()))
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

        private Run run(Sold line, Ways ways) {
            BigDecimal base = line.written();
            BigDecimal discount = line.discount();
            if (line.discountEnds() != null && !ways.allDiscounts() && discount != null && discount.signum() > 0) {
                base = base.divide(BigDecimal.ONE.subtract(discount), 4, RoundingMode.HALF_UP);
            } else if (line.discountEnds() != null
                    && !(discount != null && discount.signum() > 0 && ways.allDiscounts())) {
                base = base.setScale(4, RoundingMode.HALF_UP);
            }
            boolean discounted = ways.allDiscounts() && discount != null && discount.signum() > 0;
            LocalDate first = firstEnd(line);
            LocalDate replaced = replacedOn(line);
            LocalDate until = line.until();
            if (until == null || !ways.goesOn() || !renewsItself(line)) {
                return new Run(line, base, first, first, List.of(), false, discounted);
            }
            List<LocalDate> ends = ends(line);
            LocalDate follower = follower(line);
            LocalDate cancelled = null;
            for (Loss loss : losses) {
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
            return new Run(line, base, first, end, ends, end != null && end.equals(cancelled), discounted);
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
            Agreement contract = contracts.get(line.contract());
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
                    : contracts.get(line.contract()).renewalMonths();
            int months = agreed == null ? own : agreed;
            boolean exact = own > 0 && line.from().plusMonths(own).equals(until);
            long days = ChronoUnit.DAYS.between(line.from(), until);
            List<LocalDate> ends = new ArrayList<>();
            LocalDate end = until;
            LocalDate far = losses.stream()
                    .map(Loss::on)
                    .reduce(until.isAfter(LAST) ? until : LAST, (one, other) -> other.isAfter(one) ? other : one)
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
            for (Sold next : sold) {
                LocalDate nextEnd = firstEnd(next);
                if (line.written().signum() <= 0
                        || next == line
                        || !counts(next)
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
                            || sold.stream()
                                    .noneMatch(other -> other != line
                                            && counts(other)
                                            && other.product().equals(next.product())
                                            && next.from().equals(firstEnd(other)));
                } else {
                    follows = onTheDay
                            && sold.stream()
                                    .noneMatch(other -> counts(other)
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
                    boolean longTerms = ChronoUnit.DAYS.between(until, ends.get(1)) > GRACE;
                    return longTerms && ChronoUnit.DAYS.between(last, loss.on()) <= GRACE ? last : end;
                }
                last = end;
            }
            throw new IllegalStateException("Looked too short a way ahead.");
        }
    }

    /** A history in the ways of a company. */
    public record Counted(History history, List<Run> runs, Map<LocalDate, Map<String, BigDecimal>> known) {

        /** What runs on a day, by currency; nothing below zero, and no currency without revenue. */
        public Map<String, BigDecimal> running(LocalDate day) {
            return known.computeIfAbsent(day, this::sums);
        }

        private Map<String, BigDecimal> sums(LocalDate day) {
            Map<String, BigDecimal> sums = new TreeMap<>();
            for (Run run : runs) {
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
            for (Run run : runs) {
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
