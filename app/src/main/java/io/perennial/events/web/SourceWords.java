package io.perennial.events.web;

import io.perennial.events.SourceDebugger.Verdict;
import io.perennial.events.SourceList.Entry;
import io.perennial.events.SourceList.State;
import io.perennial.platform.web.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** States, times and delays of sources as their pages say them. */
public final class SourceWords {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private SourceWords() {}

    public static String state(State state) {
        return switch (state) {
            case WAITING -> "Waits for its first event";
            case RECEIVING -> "Receiving";
            case PAUSING -> "Quiet for a day";
            case SILENT -> "Silent";
            case CLOSED -> "Closed";
        };
    }

    public static String tone(State state) {
        return switch (state) {
            case RECEIVING -> "healthy";
            case SILENT -> "at-risk";
            case WAITING -> "accent";
            case PAUSING, CLOSED -> "outline";
        };
    }

    public static String tone(Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> "healthy";
            case REFUSED -> "at-risk";
            case UNRESOLVED, PARKED -> "watch";
        };
    }

    /** Of a silent source: what it means for those who read use. */
    public static @Nullable String silence(Entry entry) {
        var silence = entry.silence();
        return silence == null
                ? null
                : "Nothing has come since " + Wording.moment(silence.since())
                        + ", longer than in the four weeks before. Use of "
                        + Wording.count(silence.accounts()) + (silence.accounts() == 1 ? " account" : " accounts")
                        + " stands at " + Wording.day(silence.knownUntil()) + " until it speaks again.";
    }

    /** To the second, UTC. */
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    public static String hour(Instant at) {
        return HOUR.format(at);
    }

    public static String day(Instant at) {
        return DAY.format(at);
    }

    /** {@code 340 ms}, {@code 2.4 s}, {@code 12 min}, {@code 3 h}, {@code 2 days}. */
    public static String delay(@Nullable Duration delay) {
        if (delay == null) {
            return "–";
        }
        long ms = delay.toMillis();
        if (Math.abs(ms) < 1_000) {
            return ms + " ms";
        }
        if (Math.abs(ms) < 60_000) {
            return String.format(Locale.ENGLISH, "%.1f s", ms / 1_000.0);
        }
        if (Math.abs(ms) < 3_600_000) {
            return ms / 60_000 + " min";
        }
        long hours = ms / 3_600_000;
        return Math.abs(hours) < 48 ? hours + " h" : hours / 24 + " days";
    }

    /** Scaled to the tallest day, for the little lines. Today is not over, so it is left out where there is more to show. */
    public static short[] line(long[] daily) {
        long[] over = Arrays.copyOf(daily, daily.length - 1);
        long[] shown = Arrays.stream(over).anyMatch(day -> day > 0) ? over : daily;
        long most = Math.max(1, Arrays.stream(shown).max().orElse(1));
        short[] line = new short[shown.length];
        for (int i = 0; i < shown.length; i++) {
            line[i] = (short) Math.round(100.0 * shown[i] / most);
        }
        return line;
    }

    public static String said(long[] daily) {
        return Wording.count(Arrays.stream(daily).sum()) + " events in " + daily.length + " days, "
                + Wording.count(daily[daily.length - 1]) + " of them today";
    }
}
