package io.perennial.platform.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, money and time as the pages write them. */
public final class Wording {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Wording() {}

    /** {@code 140,000} or {@code 1,234.50}: cents only when there are any. */
    public static String amount(BigDecimal amount) {
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        format.setMinimumFractionDigits(whole ? 0 : 2);
        format.setMaximumFractionDigits(whole ? 0 : Math.max(2, Math.min(3, amount.scale())));
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        return format.format(amount);
    }

    /** {@code 4.2M}, {@code 140k}; the full amount must be reachable beside it. */
    public static String shortAmount(BigDecimal amount) {
        double size = amount.abs().doubleValue();
        if (size >= 999_500_000) {
            return digits(amount.doubleValue() / 1e9) + "B";
        }
        if (size >= 999_500) {
            return digits(amount.doubleValue() / 1e6) + "M";
        }
        return size >= 10_000
                ? digits(amount.doubleValue() / 1e3) + "k"
                : amount(amount.setScale(0, RoundingMode.HALF_EVEN));
    }

    /** {@code 812 bytes}, {@code 24 KB}, {@code 3.1 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        return bytes < 1024 * 1024
                ? Math.round(bytes / 1024.0) + " KB"
                : digits(Math.round(bytes / 1024.0 / 1024.0 * 10) / 10.0) + " MB";
    }

    /** Whole number with thousands, such as {@code 3,412}. */
    public static String count(long number) {
        return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(number);
    }

    public static String day(LocalDate date) {
        return DAY.format(date);
    }

    public static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /** {@code in 111 days}, {@code today}, {@code 3 days ago}. */
    public static String distance(LocalDate date, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, date);
        if (days == 0) {
            return "today";
        }
        if (days == 1 || days == -1) {
            return days > 0 ? "tomorrow" : "yesterday";
        }
        return days > 0 ? "in " + count(days) + " days" : count(-days) + " days ago";
    }

    /** Health as it is shown, or a dash. Cut, not rounded: 44.6 is at risk, so it must not read 45. */
    public static String score(@Nullable Double score) {
        return score == null ? "–" : Long.toString((long) Math.floor(score));
    }

    static String digits(double value) {
        return String.format(Locale.ENGLISH, Math.abs(value) < 9.95 ? "%.1f" : "%.0f", value);
    }
}
