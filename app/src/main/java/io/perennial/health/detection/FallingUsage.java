package io.perennial.health.detection;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells a lasting fall (or growth) of use from noise, weekends, the account's own drift and holidays of everybody. Daily
 * counts are judged by {@link Cusum} against {@link Baseline}; accounts with less than one event a day by whole weeks
 * and by {@link Silence}.
 *
 * <p>About five weeks of use must come before anything is judged. A shift stands as long as use is not back; one that
 * began longer ago than the days given cannot be seen, so give 120 days or more.
 */
public final class FallingUsage {

    /** Under this many events a day an account is judged by weeks. */
    private static final double SPARSE = 1;

    private static final int DAYS_A_WEEK = 7;

    private FallingUsage() {}

    /**
     * The fall that still stands on the last day, if one does; the latest, when use fell twice.
     *
     * @param daily the account's events (or active users) per day, oldest first, the last day being complete
     * @param othersDaily everybody else's total on the same days: without this account, so that it is not measured
     *     against itself
     * @param firstDay the date of {@code daily[0]}
     */
    public static Optional<Drop> detect(double[] daily, double[] othersDaily, LocalDate firstDay) {
        return shifts(daily, othersDaily, firstDay, Cusum.FALL).stream()
                .filter(Dated::stands)
                .reduce((earlier, later) -> later)
                .map(Dated::drop);
    }

    /** Every fall in the days given, oldest first, also those that are over. */
    public static List<Drop> drops(double[] daily, double[] othersDaily, LocalDate firstDay) {
        return shifts(daily, othersDaily, firstDay, Cusum.FALL).stream()
                .map(Dated::drop)
                .toList();
    }

    /** The growth that still stands on the last day: the mirror of {@link #detect}. */
    public static Optional<Rise> detectGrowth(double[] daily, double[] othersDaily, LocalDate firstDay) {
        return shifts(daily, othersDaily, firstDay, Cusum.GROWTH).stream()
                .filter(Dated::stands)
                .reduce((earlier, later) -> later)
                .map(Dated::rise);
    }

    private static List<Dated> shifts(double[] daily, double[] others, LocalDate firstDay, double rho) {
        if (daily.length != others.length) {
            throw new IllegalArgumentException(
                    "As many days of others as of the account, please: " + others.length + " and " + daily.length);
        }
        int from = firstUse(daily);
        if (from == daily.length) {
            return List.of();
        }
        if (!sparse(daily, from)) {
            return new Cusum(daily, others, from, Rhythm.DAILY, rho)
                    .shifts().stream()
                            .map(shift -> Dated.days(shift, firstDay, daily.length))
                            .toList();
        }
        List<Dated> found = new ArrayList<>(weekly(daily, others, from, firstDay, rho));
        Shift silence = rho < 1 ? Silence.find(daily, others, from) : null;
        if (silence != null && found.stream().noneMatch(Dated::stands)) {
            found.add(Dated.days(silence, firstDay, daily.length));
        }
        return found;
    }

    /** Whole weeks from Monday, so that a week is the same week on whichever day one asks. */
    private static List<Dated> weekly(double[] daily, double[] others, int from, LocalDate firstDay, double rho) {
        LocalDate monday = firstDay.plusDays(from).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        int offset = (int) (monday.toEpochDay() - firstDay.toEpochDay());
        int weeks = Math.max(0, (daily.length - offset) / DAYS_A_WEEK);
        double[] own = new double[weeks];
        double[] all = new double[weeks];
        for (int i = 0; i < weeks * DAYS_A_WEEK; i++) {
            own[i / DAYS_A_WEEK] += daily[offset + i];
            all[i / DAYS_A_WEEK] += others[offset + i];
        }
        return new Cusum(own, all, 0, Rhythm.WEEKLY, rho)
                .shifts().stream()
                        .map(shift -> Dated.weeks(shift, monday, weeks))
                        .toList();
    }

    private static int firstUse(double[] daily) {
        int i = 0;
        while (i < daily.length && daily[i] <= 0) {
            i++;
        }
        return i;
    }

    /** Judged by the busier of the whole time and its first half: who fell silent was not always quiet. */
    private static boolean sparse(double[] daily, int from) {
        int days = daily.length - from;
        int half = (days + 1) / 2;
        double all = 0;
        double first = 0;
        for (int i = 0; i < days; i++) {
            all += daily[from + i];
            first += i < half ? daily[from + i] : 0;
        }
        return Math.max(all / days, first / half) < SPARSE;
    }

    private record Dated(LocalDate start, LocalDate found, boolean stands, double change, double statistic) {

        static Dated days(Shift shift, LocalDate firstDay, int length) {
            return new Dated(
                    firstDay.plusDays(shift.start()),
                    firstDay.plusDays(shift.found()),
                    shift.over() == length,
                    shift.change(),
                    shift.statistic());
        }

        /** A week is known when it is over. */
        static Dated weeks(Shift shift, LocalDate monday, int length) {
            return new Dated(
                    monday.plusWeeks(shift.start()),
                    monday.plusWeeks(shift.found()).plusDays(DAYS_A_WEEK - 1),
                    shift.over() == length,
                    shift.change(),
                    shift.statistic());
        }

        Drop drop() {
            return new Drop(start, found, change, statistic);
        }

        Rise rise() {
            return new Rise(start, found, change, statistic);
        }
    }
}
