package io.perennial.events;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a source that says nothing is to be called silent: after a day, and only after a longer time than any of its pauses
 * in the four weeks before, so that weekends are none. What it never did in four weeks is told, also on a holiday: that
 * nothing came is true then as well.
 *
 * @param last event
 * @param days of the four weeks up to then on which it spoke
 * @param longest pause of those weeks; hours are counted whole, so up to an hour too short
 */
record Pauses(Instant last, int days, Duration longest) {

    static final Duration LOOKED_AT = Duration.ofDays(28);

    /** Who has spoken on fewer days has no habit yet. */
    static final int LEAST_DAYS = 7;

    static final Duration LEAST = Duration.ofHours(24);
    private static final Duration COARSE = Duration.ofHours(1);

    enum State {
        SPEAKS,
        PAUSES,
        SILENT
    }

    /** An hour in which events came. */
    record Hour(Instant from, Instant last) {}

    /**
     * @param hours oldest first
     * @param told the last events before silences that people were told of: those are no habits
     */
    static Optional<Pauses> of(List<Hour> hours, Set<Instant> told) {
        if (hours.isEmpty()) {
            return Optional.empty();
        }
        Instant last = hours.getLast().last();
        List<Hour> recent = hours.stream()
                .filter(hour -> hour.from().isAfter(last.minus(LOOKED_AT)))
                .toList();
        long days = recent.stream()
                .map(hour -> hour.from().atOffset(ZoneOffset.UTC).toLocalDate())
                .distinct()
                .count();
        Duration longest = Duration.ZERO;
        for (int i = 1; i < recent.size(); i++) {
            Instant before = recent.get(i - 1).last();
            Duration pause = Duration.between(before, recent.get(i).from());
            if (pause.compareTo(longest) > 0 && !told.contains(before)) {
                longest = pause;
            }
        }
        return Optional.of(new Pauses(last, (int) days, longest));
    }

    State at(Instant now) {
        Duration pause = Duration.between(last, now);
        if (days < LEAST_DAYS || pause.compareTo(LEAST) < 0) {
            return State.SPEAKS;
        }
        return pause.compareTo(longest.plus(COARSE)) > 0 ? State.SILENT : State.PAUSES;
    }
}
