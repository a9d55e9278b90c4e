package io.perennial.success;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something measurable that a customer wants.
 *
 * @param objective in the customer's words
 * @param direction up or down; asked only where no baseline tells
 * @param reached of what has no number
 * @param measure a live one that the actual is read from; empty when it is typed in
 * @param value worth to the customer in a year when it is reached
 * @param realised share of the way, 0 to 1; null when it was never measured
 */
public record Outcome(
        UUID id,
        String externalId,
        UUID plan,
        String objective,
        String name,
        String unit,
        @Nullable BigDecimal baseline,
        @Nullable BigDecimal target,
        @Nullable BigDecimal actual,
        @Nullable LocalDate actualOn,
        String direction,
        @Nullable Boolean reached,
        BigDecimal weight,
        @Nullable LocalDate dueOn,
        String measure,
        String subject,
        @Nullable BigDecimal value,
        @Nullable String currency,
        String valueBasis,
        @Nullable BigDecimal realised,
        @Nullable LocalDate reachedOn,
        @Nullable Instant confirmedAt,
        String confirmedBy,
        String confirmedWords,
        int version,
        List<Point> readings) {

    /** What it was on a day. */
    public record Point(LocalDate day, @Nullable BigDecimal value) {}

    /** Whole percent of the way, at most 100; null when it was never measured. */
    public @Nullable Integer percent() {
        return realised == null
                ? null
                : Integer.valueOf(realised.movePointRight(2)
                        .setScale(0, RoundingMode.DOWN)
                        .intValue());
    }

    /** Percent of the way without bounds: more than 100 where more was reached than agreed; null where there is no way. */
    public @Nullable BigDecimal beyond() {
        if (baseline == null || target == null || actual == null || baseline.compareTo(target) == 0) {
            return null;
        }
        return actual.subtract(baseline)
                .multiply(BigDecimal.valueOf(100))
                .divide(target.subtract(baseline), MathContext.DECIMAL64)
                .setScale(0, RoundingMode.DOWN);
    }

    public boolean isReached() {
        return reachedOn != null;
    }

    public boolean isOverdue(LocalDate today) {
        return reachedOn == null && dueOn != null && !dueOn.isAfter(today);
    }

    /** {@code 30 to 10 %}. */
    public String way() {
        if (target == null) {
            return "reached or not";
        }
        String last = number(target) + (unit.isEmpty() ? "" : " " + unit);
        return baseline == null
                ? (direction.equals("down") ? "at most " : "at least ") + last
                : number(baseline) + " to " + last;
    }

    public String actualWords() {
        if (target == null) {
            return reached == null ? "not said" : reached ? "reached" : "not reached";
        }
        return actual == null ? "not measured" : number(actual) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** What part of its worth is there, in a year; null without a worth. */
    public @Nullable BigDecimal worthNow() {
        return value == null ? null : value.multiply(realised == null ? BigDecimal.ZERO : realised);
    }

    /** At most three decimals, and none where there are none. */
    static String number(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
        format.setMaximumFractionDigits(3);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(number);
    }
}
