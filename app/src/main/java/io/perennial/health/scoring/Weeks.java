package io.perennial.health.scoring;

import io.perennial.accounts.list.HealthWeek;
import io.perennial.health.model.Band;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;

/**
 * The last weeks of a score, oldest first, the last entry now: kept beside the score so that a sparkline costs no look
 * into history.
 */
final class Weeks {

    static final int KEPT = 26;

    private Weeks() {}

    static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    static short[] empty() {
        short[] weeks = new short[KEPT];
        Arrays.fill(weeks, HealthWeek.UNKNOWN);
        return weeks;
    }

    /** As weeks are kept, see {@link HealthWeek}. */
    static short now(double score, Band band) {
        long rounded = Math.round(score);
        return switch (band) {
            case AT_RISK -> HealthWeek.atRisk(rounded);
            case WATCH -> HealthWeek.watch(rounded);
            case HEALTHY -> HealthWeek.healthy(rounded);
            case UNKNOWN -> HealthWeek.UNKNOWN;
            case LEFT -> HealthWeek.LEFT;
        };
    }

    /** The same weeks seen from a later week: what was last known stood until then. */
    static short[] moved(short[] weeks, LocalDate from, LocalDate to) {
        int passed = (int) Math.clamp(ChronoUnit.WEEKS.between(from, to), 0, KEPT);
        short[] moved = Arrays.copyOfRange(weeks, passed, passed + KEPT);
        Arrays.fill(moved, KEPT - passed, KEPT, weeks[KEPT - 1]);
        return moved;
    }

    /** @param weeks those before, or with another one as the last */
    static short[] withNow(short[] weeks, short now) {
        short[] changed = Arrays.copyOf(weeks, KEPT);
        changed[KEPT - 1] = now;
        return changed;
    }
}
