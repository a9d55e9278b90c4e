package io.perennial.playbooks;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a version would have done in the past year.
 *
 * @param found moments that would have started it, before caps and quiet times
 * @param starts runs that would have begun
 * @param accounts different accounts of these
 * @param heldOut episodes for which nothing would have been done, to measure
 * @param left episodes for which there was never room
 * @param days starts by day, days without any left out
 * @param money a year's revenue of the accounts touched, each counted once
 * @param dearest the dearest starts first
 * @param tasks made at most; letters likewise, one for each step
 * @param seconds the dry run took
 * @param remarks what has to be known to read it
 */
public record DryRun(
        LocalDate from,
        LocalDate to,
        long found,
        long starts,
        long accounts,
        long heldOut,
        long left,
        List<Day> days,
        List<Money> money,
        List<Start> dearest,
        long tasks,
        long letters,
        double seconds,
        List<String> remarks) {

    public record Day(LocalDate day, int starts) {}

    public record Money(String currency, BigDecimal amount, long accounts) {}

    public record Start(
            UUID account,
            String name,
            LocalDate day,
            @Nullable BigDecimal money,
            @Nullable String currency,
            String evidence) {}

    /** The day on which most would have begun. */
    public @Nullable Day busiest() {
        return days.stream()
                .max(java.util.Comparator.comparingInt(Day::starts)
                        .thenComparing(Day::day, java.util.Comparator.reverseOrder()))
                .orElse(null);
    }
}
