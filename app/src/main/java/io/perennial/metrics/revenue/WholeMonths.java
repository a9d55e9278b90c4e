package io.perennial.metrics.revenue;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What customers did in the whole months of a period that are over: rates of a month mean nothing for parts of one.
 *
 * @param from first day of the first of them
 * @param until first day after the last of them; none is in it when it is not after the first
 */
record WholeMonths(LocalDate from, LocalDate until, Map<String, Ledgers> months) {

    static WholeMonths of(MovementReadings movements, Question question) {
        LocalDate tomorrow =
                LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC).plusDays(1);
        LocalDate end = question.until().isBefore(tomorrow) ? question.until() : tomorrow;
        LocalDate from = question.from().plusMonths(1).minusDays(1).withDayOfMonth(1);
        LocalDate until = end.withDayOfMonth(1);
        return new WholeMonths(
                from,
                until,
                from.isBefore(until)
                        ? movements
                                .groups(question.within(from, until).by(Dimension.MONTH), true)
                                .byKey()
                        : Map.of());
    }

    boolean isEmpty() {
        return !from.isBefore(until);
    }

    LocalDate lastDay() {
        return until.minusDays(1);
    }

    /** As they stand at the end of the last month. */
    Ledgers last() {
        return months.getOrDefault(YearMonth.from(lastDay()).toString(), new Ledgers(List.of()));
    }

    long sum(ToLongFunction<Ledger> number) {
        return months.values().stream()
                .mapToLong(ledgers -> ledgers.customers(number))
                .sum();
    }

    /** Customers lost in each month ÷ customers at its start, in percent and weighed by these; null without any customer. */
    @Nullable
    BigDecimal churn() {
        long start = sum(Ledger::customersStart);
        return start == 0
                ? null
                : Exact.percent(BigDecimal.valueOf(start - sum(Ledger::customersKept)), BigDecimal.valueOf(start));
    }

    /** Currencies that are worlds of their own, of all months. */
    List<String> currencies() {
        return months.values().stream()
                .flatMap(ledgers -> ledgers.currencies().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** What a month's revenue grew by a movement in all months, of the only currency. */
    BigDecimal moved(Move move) {
        return months.values().stream()
                .flatMap(ledgers -> ledgers.each().stream())
                .map(ledger -> Ledger.monthly(ledger.moved(move)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
