package io.perennial.programs;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Working time as people write it: {@code 30 min}, {@code 4 h}, {@code 1 h 30 min}. */
public final class Spoken {

    private static final Pattern HOURS_ALONE = Pattern.compile("(\\d{1,5}(?:[.,]\\d{1,2})?)");
    private static final Pattern WITH_UNITS = Pattern.compile(
            "(?:(\\d{1,5}(?:[.,]\\d{1,2})?)\\s*h(?:ours?|rs?)?)?\\s*(?:(\\d{1,6})\\s*m(?:in|inutes?)?)?",
            Pattern.CASE_INSENSITIVE);

    private Spoken() {}

    public static String duration(@Nullable Duration duration) {
        if (duration == null) {
            return "–";
        }
        long hours = duration.toHours();
        int minutes = duration.toMinutesPart();
        if (hours == 0) {
            return minutes + " min";
        }
        return hours + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }

    /** {@code 1.5}, {@code 40}: as few digits as say it. */
    public static String number(@Nullable BigDecimal number) {
        return number == null
                ? "–"
                : NumberFormat.getNumberInstance(Locale.ENGLISH).format(number);
    }

    /** Empty when the text is blank; a number alone is hours. */
    public static Optional<Duration> read(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.equals("–")) {
            return Optional.empty();
        }
        Matcher alone = HOURS_ALONE.matcher(stripped);
        if (alone.matches()) {
            return Optional.of(minutes(alone.group(1), null));
        }
        Matcher matcher = WITH_UNITS.matcher(stripped);
        if (!matcher.matches()) {
            throw new Catalogue.NotPossible("A time is written like 30 min, 4 h or 1 h 30 min, not " + stripped + ".");
        }
        return Optional.of(minutes(matcher.group(1), matcher.group(2)));
    }

    private static Duration minutes(@Nullable String hours, @Nullable String minutes) {
        double whole = hours == null ? 0 : Double.parseDouble(hours.replace(',', '.'));
        return Duration.ofMinutes(Math.round(whole * 60) + (minutes == null ? 0 : Long.parseLong(minutes)));
    }
}
