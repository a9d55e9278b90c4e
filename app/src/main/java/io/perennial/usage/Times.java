package io.perennial.usage;

import io.perennial.usage.FeatureCatalogue.NotPossible;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long something takes, as people write and read it. */
public final class Times {

    static final long DAY = 86_400;
    private static final long HOUR = 3_600;
    private static final long MINUTE = 60;
    private static final long LONGEST_DAYS = 3_650;
    private static final int LONGEST_TEXT = 30;
    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,9})\\s*(|d|days?|h|hours?|m|min|minutes?|s|sec|seconds?)");

    private Times() {}

    /** In the largest unit that still tells apart: {@code 14 days}, {@code 5 h}, {@code 12 min}, {@code 40 s}. */
    public static String text(@Nullable Long seconds) {
        if (seconds == null) {
            return "–";
        }
        if (seconds == 0) {
            return "same day";
        }
        if (seconds % DAY == 0) {
            return seconds == DAY ? "1 day" : number(seconds / DAY) + " days";
        }
        if (seconds >= 2 * DAY - HOUR / 2) {
            double days = (double) seconds / DAY;
            return (days < 10 ? String.format(Locale.ENGLISH, "%.1f", days) : number(Math.round(days))) + " days";
        }
        if (seconds >= 2 * HOUR) {
            return Math.round((double) seconds / HOUR) + " h";
        }
        return seconds >= 2 * MINUTE ? Math.round((double) seconds / MINUTE) + " min" : seconds + " s";
    }

    private static String number(long value) {
        return Wording.number(value);
    }

    /**
     * A number is days, unless it says otherwise: {@code 5}, {@code 3 h}, {@code 90 min}, {@code 45 s}.
     *
     * @return null for an empty text
     * @throws NotPossible when it is no time of at most ten years
     */
    static @Nullable Long seconds(String text) {
        String written = text.strip().toLowerCase(Locale.ROOT);
        if (written.isEmpty()) {
            return null;
        }
        Matcher found = WRITTEN.matcher(written);
        if (written.length() > LONGEST_TEXT || !found.matches()) {
            throw new NotPossible("The expected time is a number of days, or such as 3 h, 90 min or 45 s.");
        }
        long seconds = Long.parseLong(found.group(1)) * unit(found.group(2));
        if (seconds > LONGEST_DAYS * DAY) {
            throw new NotPossible("The expected time is at most " + number(LONGEST_DAYS) + " days.");
        }
        return seconds;
    }

    private static long unit(String written) {
        return switch (written.isEmpty() ? 'd' : written.charAt(0)) {
            case 'h' -> HOUR;
            case 'm' -> MINUTE;
            case 's' -> 1;
            default -> DAY;
        };
    }
}
