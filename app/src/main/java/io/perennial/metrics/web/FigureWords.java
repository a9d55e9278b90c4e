package io.perennial.metrics.web;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Interval;
import io.perennial.metrics.Unit;
import io.perennial.metrics.service.Spread;
import io.perennial.platform.web.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures as people read them; rounded here and nowhere before. */
public final class FigureWords {

    private static final Map<String, String> PERCENTILES = Map.of(
            "p25",
            "25 % within",
            "p50",
            "half within",
            "p75",
            "75 % within",
            "p90",
            "90 % within",
            "p95",
            "95 % within");

    /** From here on thousands are set apart. */
    private static final BigDecimal LARGE = BigDecimal.valueOf(10_000);

    /** What is left after so many months. */
    private static final String MONTH = "month_";

    private FigureWords() {}

    public static String value(Figure figure, Unit unit) {
        BigDecimal value = figure.value();
        if (value != null) {
            String words = number(value, unit);
            return unit == Unit.MONEY && figure.currency() != null ? words + " " + figure.currency() : words;
        }
        String text = figure.text();
        return text == null ? "no value" : text;
    }

    public static String number(BigDecimal value, Unit unit) {
        return switch (unit) {
            case SHARE -> number(value.movePointRight(2), Unit.PERCENT);
            case PERCENT -> value.setScale(1, RoundingMode.HALF_UP).toPlainString() + " %";
            case HOURS -> Spread.words(value.doubleValue());
            case CASES -> Wording.count(value.longValue());
            case MONEY -> Wording.amount(value.setScale(2, RoundingMode.HALF_UP));
            case MINUTES -> Spread.words(value.doubleValue() / 60);
            case MONTHS -> plain(value.setScale(1, RoundingMode.HALF_UP)) + " months";
            case COEFFICIENT, POINTS, RATIO -> plain(value.setScale(2, RoundingMode.HALF_UP));
            default -> plain(value);
        };
    }

    /** Up to six digits behind the point, without those that say nothing. */
    public static String plain(BigDecimal value) {
        BigDecimal rounded = value.setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0
                ? rounded.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
                : rounded.toPlainString();
    }

    /** {@code 2,626 of 2,868}; empty where there is no base. */
    public static String base(Figure figure) {
        BigDecimal part = figure.numerator();
        BigDecimal whole = figure.denominator();
        if (whole == null) {
            return "";
        }
        String words = part == null ? "of " + amount(whole) : amount(part) + " of " + amount(whole);
        return figure.currency() == null ? words : words + " " + figure.currency();
    }

    private static String amount(BigDecimal number) {
        return Wording.amount(number.setScale(Math.min(2, Math.max(0, number.scale())), RoundingMode.HALF_UP));
    }

    /** How a spread goes on beside its headline. */
    public static String spread(Figure figure) {
        List<String> words = new ArrayList<>();
        for (String name : List.of("p50", "p75", "p90", "p95")) {
            BigDecimal value = figure.figures().get(name);
            if (value != null) {
                words.add(PERCENTILES.get(name) + " " + Spread.words(value.doubleValue()));
            }
        }
        return String.join(", ", words);
    }

    /** Name and value of a further figure. */
    public static String further(String name, BigDecimal value, Unit unit) {
        if (unit == Unit.SHARE) {
            return survival(name, value);
        }
        boolean hours =
                unit == Unit.HOURS || unit == Unit.CASES && PERCENTILES.containsKey(name) || name.equals("mean");
        String number = hours && unit != Unit.PERCENT
                ? Spread.words(value.doubleValue())
                : unit == Unit.MONEY || value.abs().compareTo(LARGE) >= 0
                        ? Wording.amount(value.setScale(2, RoundingMode.HALF_UP))
                        : plain(value);
        return PERCENTILES.getOrDefault(name, name.replace('_', ' ')) + " " + number;
    }

    /** What stands beside the share of customers who stayed. */
    private static String survival(String name, BigDecimal value) {
        return switch (name) {
            case "n_risk" -> plain(value) + " at risk";
            case "n_event" -> plain(value) + " left";
            case "median_months" -> "half left after " + number(value, Unit.MONTHS);
            default ->
                name.startsWith(MONTH)
                        ? "after " + name.substring(MONTH.length()) + " months " + number(value, Unit.SHARE)
                        : name.replace('_', ' ') + " " + plain(value);
        };
    }

    public static String interval(@Nullable Interval interval, Unit unit) {
        return interval == null
                ? ""
                : String.format(
                        Locale.ENGLISH,
                        "%.0f %% interval %s to %s",
                        interval.level() * 100,
                        number(interval.from(), unit),
                        number(interval.to(), unit));
    }

    public static String excluded(Figure figure) {
        return String.join(
                ", ",
                figure.excluded().entrySet().stream()
                        .filter(left -> left.getValue() > 0)
                        .map(left -> Wording.count(left.getValue()) + " " + left.getKey())
                        .toList());
    }
}
