package io.perennial.cases.web;

import io.perennial.cases.CaseCard;
import io.perennial.cases.clock.Clocked;
import io.perennial.cases.desk.CaseRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A clock as the case view says it.
 *
 * @param tone of the chip
 */
public record ClockWords(
        String title,
        String words,
        @Nullable String tone,
        String icon,
        @Nullable Instant dueAt) {

    /** First answer, the latest update, solution. */
    static List<ClockWords> of(List<Clocked> clocks, Instant now) {
        List<ClockWords> said = new ArrayList<>();
        for (Clocked.Kind kind : Clocked.Kind.values()) {
            clocks.stream()
                    .filter(clock -> clock.kind() == kind)
                    .reduce((earlier, later) -> later)
                    .map(clock -> of(clock, now))
                    .ifPresent(said::add);
        }
        return said;
    }

    private static ClockWords of(Clocked clock, Instant now) {
        String of = CaseCard.lasted(clock.used()) + " of " + CaseCard.lasted(clock.target());
        String title = clock.kind().title();
        return switch (clock.standing(now)) {
            case MET -> new ClockWords(title, "kept, " + of, "healthy", "check2-circle", null);
            case MISSED -> new ClockWords(title, "missed, " + of, "at-risk", "x-octagon", null);
            case PAUSED -> new ClockWords(title, "rests, " + of + " used", null, "pause-circle", null);
            case RUNNING -> running(clock, now, null);
            case AT_RISK -> running(clock, now, "watch");
            case BREACHED -> running(clock, now, "at-risk");
        };
    }

    private static ClockWords running(Clocked clock, Instant now, @Nullable String tone) {
        Instant due = Objects.requireNonNull(clock.dueAt());
        return new ClockWords(
                clock.kind().title(),
                CaseRow.left(due, now),
                tone,
                tone == null ? "clock" : tone.equals("watch") ? "exclamation-triangle" : "x-octagon",
                due);
    }
}
