package io.perennial.cases.clock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One promise and how it goes. Says the same whenever it is asked: only {@link #standing} depends on the present.
 *
 * @param round 1 for the first; updates are promised again and again
 * @param target working time, that of the priority now, or at breach or end; for a promised time the time from the promise
 * @param used working time until the end, or until the last thing that happened
 * @param dueAt when it breaks, or broke, if nothing happens; null while it rests and has not broken
 * @param riskAt when little of it is left; null as above
 * @param finishedAt null while it goes on
 * @param breachedAt when it was broken by what is past; a running clock breaks at {@code dueAt}
 * @param paused rests now
 */
public record Clocked(
        Kind kind,
        int round,
        Instant startedAt,
        Duration target,
        Duration used,
        @Nullable Instant dueAt,
        @Nullable Instant riskAt,
        @Nullable Instant finishedAt,
        @Nullable Instant breachedAt,
        boolean paused) {

    /** What was promised. */
    public enum Kind {
        FIRST_RESPONSE("first-response", "First answer"),
        UPDATE("update", "Next update"),
        RESOLUTION("resolution", "Solution");

        private final String key;
        private final String title;

        Kind(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }
    }

    /** How a promise stands. */
    public enum Standing {
        RUNNING,
        AT_RISK,
        BREACHED,
        PAUSED,
        MET,
        MISSED
    }

    public Standing standing(Instant now) {
        if (finishedAt != null) {
            return breachedAt == null ? Standing.MET : Standing.MISSED;
        }
        if (breachedAt != null || dueAt != null && dueAt.isBefore(now)) {
            return Standing.BREACHED;
        }
        if (paused) {
            return Standing.PAUSED;
        }
        return riskAt != null && !riskAt.isAfter(now) ? Standing.AT_RISK : Standing.RUNNING;
    }

    public boolean isOpen() {
        return finishedAt == null;
    }
}
