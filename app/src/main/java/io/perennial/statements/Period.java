package io.perennial.statements;

import io.perennial.platform.web.Wording;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Days that a statement is about: from one up to another that is not in it any more. */
public record Period(LocalDate from, LocalDate until) {

    private static final int A_YEAR = 12;
    private static final int LONGEST_DAYS = 1_100;

    /** The last finished one of so many months, counted from January. */
    public static Period last(int months, LocalDate today) {
        YearMonth now = YearMonth.from(today);
        int passed = (now.getMonthValue() - 1) % months;
        YearMonth end = now.minusMonths(passed);
        return new Period(end.minusMonths(Math.min(months, A_YEAR)).atDay(1), end.atDay(1));
    }

    /** @throws StatementRefused when it is none, or is not over */
    static Period checked(@Nullable LocalDate from, @Nullable LocalDate last, LocalDate today) {
        if (from == null || last == null) {
            throw new StatementRefused("Say the first and the last day, such as 2026-07-01 and 2026-09-30.");
        }
        if (last.isBefore(from) || from.plusDays(LONGEST_DAYS).isBefore(last)) {
            throw new StatementRefused("The last day is not before the first, and at most three years later.");
        }
        if (!last.isBefore(today)) {
            throw new StatementRefused("The period is not over: its last day is to lie before today.");
        }
        return new Period(from, last.plusDays(1));
    }

    public LocalDate lastDay() {
        return until.minusDays(1);
    }

    public static String words(LocalDate from, LocalDate until) {
        return Wording.day(from) + " to " + Wording.day(until.minusDays(1));
    }
}
