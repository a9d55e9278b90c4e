package io.perennial.metrics.service;

import io.perennial.metrics.service.DayFigures.Range;
import io.perennial.platform.background.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps figures by day: counts days again of which something changed, and days that were never counted, a few at a time, the
 * latest first. It rests as long as it works; answers are right meanwhile, only slower.
 */
@Component
class DayKeeping extends Loop {

    private static final int BATCH = 15;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final DayFigures days;
    private final TransactionOperations transactions;
    private final Clock clock;

    DayKeeping(
            DayFigures days,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.metrics.days:true}") boolean enabled) {
        super("figures-by-day", LOOK_AGAIN, enabled);
        this.days = days;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        long began = System.nanoTime();
        boolean worked = false;
        for (Base base : DailySpecs.bases()) {
            worked |= keep(base);
        }
        if (worked) {
            return asLongAsSince(began);
        }
        return LOOK_AGAIN;
    }

    /** Counts everything that is to be counted. */
    void keepAll() {
        while (!step().equals(LOOK_AGAIN)) {
            Thread.onSpinWait();
        }
    }

    /** @return whether there was anything to count */
    private boolean keep(Base base) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Range range = days.range(base);
        if (range == null) {
            return begin(base, today);
        }
        List<LocalDate> changed = days.changed(base, range, BATCH);
        if (!changed.isEmpty()) {
            transactions.executeWithoutResult(transaction -> days.keep(base, changed));
            return true;
        }
        days.tidy(base, range);
        if (range.until().isBefore(today)) {
            LocalDate until = earlier(range.until().plusDays(BATCH), today);
            keep(base, range.until(), until, new Range(range.from(), until));
            return true;
        }
        // Days without anything need not be counted: on to the last one before that has something.
        LocalDate last = days.last(base, range.from());
        if (last == null) {
            return false;
        }
        LocalDate from = last.minusDays(BATCH - 1);
        keep(base, from, last.plusDays(1), new Range(from, range.until()));
        return true;
    }

    private boolean begin(Base base, LocalDate today) {
        if (days.last(base, today) == null) {
            return false;
        }
        transactions.executeWithoutResult(transaction -> {
            days.forgetOthers(base);
            days.keepRange(base, new Range(today, today));
        });
        return true;
    }

    private void keep(Base base, LocalDate from, LocalDate until, Range all) {
        transactions.executeWithoutResult(transaction -> {
            days.keep(base, from.datesUntil(until).toList());
            days.keepRange(base, all);
        });
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
