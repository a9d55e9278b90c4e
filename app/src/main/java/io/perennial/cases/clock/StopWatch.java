package io.perennial.cases.clock;

import io.perennial.programs.hours.BusinessHours;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts working time against one target while it runs. Time must be told in order. At the due instant itself a promise is
 * still kept; later it is broken, and stays so whatever the target becomes.
 */
final class StopWatch {

    private final Clocked.Kind kind;
    private final int round;
    private final BusinessHours hours;
    private final Instant startedAt;
    private Duration target;
    private Duration used = Duration.ZERO;
    private Instant last;
    private boolean running = true;
    private @Nullable Instant breachedAt;
    private @Nullable Instant riskAt;

    StopWatch(Clocked.Kind kind, int round, BusinessHours hours, Instant startedAt, Duration target) {
        this.kind = kind;
        this.round = round;
        this.hours = hours;
        this.startedAt = startedAt;
        this.last = startedAt;
        this.target = target;
    }

    void pause(Instant at) {
        until(at);
        running = false;
    }

    void resume(Instant at) {
        until(at);
        running = true;
    }

    /** A broken promise keeps the target that it broke. */
    void aim(Instant at, Duration changed) {
        until(at);
        if (breachedAt == null) {
            target = changed;
            riskAt = null;
            if (used.compareTo(changed) > 0) {
                breachedAt = at;
                riskAt = at;
            } else if (used.compareTo(warning()) >= 0) {
                riskAt = at;
            }
        }
    }

    boolean brokenAt(Instant at) {
        until(at);
        return breachedAt != null;
    }

    Clocked finish(Instant at) {
        until(at);
        return new Clocked(kind, round, startedAt, target, used, due(), riskAt, at, breachedAt, false);
    }

    Clocked asItStands() {
        Instant risk =
                riskAt != null || !running ? riskAt : hours.due(last, warning().minus(used));
        return new Clocked(kind, round, startedAt, target, used, due(), risk, null, breachedAt, !running);
    }

    private @Nullable Instant due() {
        if (breachedAt != null) {
            return breachedAt;
        }
        return running ? hours.due(last, target.minus(used)) : null;
    }

    private void until(Instant at) {
        if (!at.isAfter(last)) {
            return;
        }
        if (running) {
            Duration passed = hours.worked(last, at);
            Duration now = used.plus(passed);
            if (riskAt == null && now.compareTo(warning()) >= 0) {
                riskAt = hours.due(last, later(warning().minus(used)));
            }
            if (breachedAt == null && now.compareTo(target) > 0) {
                breachedAt = hours.due(last, later(target.minus(used)));
            }
            used = now;
        }
        last = at;
    }

    private Duration warning() {
        return Duration.ofMillis((long) (target.toMillis() * CaseClocks.AT_RISK_FROM));
    }

    private static Duration later(Duration left) {
        return left.isNegative() ? Duration.ZERO : left;
    }
}
