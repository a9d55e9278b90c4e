package io.perennial.platform.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as people see it.
 *
 * @param kind names the {@link JobHandler}
 * @param stage what it does at the moment, in words
 * @param done units finished
 * @param total units altogether, 0 while unknown
 * @param result one sentence once done
 * @param error why it failed, in words
 * @param cancelRequested somebody asked it to stop; it stops at the next batch
 * @param actor name of who started it
 */
public record Job(
        UUID id,
        String kind,
        String title,
        State state,
        String stage,
        long done,
        long total,
        @Nullable String result,
        @Nullable String error,
        boolean cancelRequested,
        String actor,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant heartbeat,
        @Nullable Instant finishedAt) {

    private static final Duration ESTIMATE_AFTER = Duration.ofSeconds(10);

    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        static State of(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean finished() {
        return state != State.QUEUED && state != State.RUNNING;
    }

    /** Whole percent done; 100 once finished well. */
    public int percent() {
        if (state == State.DONE) {
            return 100;
        }
        return total <= 0 ? 0 : (int) Math.min(100, done * 100 / total);
    }

    /** Time left at the present speed; empty for the first ten seconds, when it would be a guess. */
    public Optional<Duration> left(Instant now) {
        Instant started = startedAt;
        if (state != State.RUNNING || started == null || done <= 0 || total <= done) {
            return Optional.empty();
        }
        Duration spent = Duration.between(started, now);
        if (spent.compareTo(ESTIMATE_AFTER) < 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) (spent.toMillis() * ((double) (total - done) / done))));
    }
}
