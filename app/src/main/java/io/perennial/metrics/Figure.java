package io.perennial.metrics;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value with everything that is needed to judge it, or the reason why there is none.
 *
 * @param value exact, not rounded; null with a reason, or where the answer is a text or several figures
 * @param text where the answer is no number, such as a date
 * @param figures further figures by name, such as percentiles
 * @param excluded what stayed out of the base, by why
 * @param currency of a sum of money; null elsewhere
 * @param sample answers or cases that the value rests on; -1 where it is no sample
 */
public record Figure(
        @Nullable BigDecimal value,
        @Nullable String text,
        @Nullable Reason reason,
        @Nullable BigDecimal numerator,
        @Nullable BigDecimal denominator,
        Map<String, BigDecimal> figures,
        Map<String, Long> excluded,
        @Nullable Interval interval,
        @Nullable String currency,
        long sample) {

    /** Under so many a value is shown with a warning, and under so few it is not ranked. */
    public static final int SMALL = 30;

    public static final int TINY = 5;

    public static Figure of(BigDecimal value) {
        return new Figure(value, null, null, null, null, Map.of(), Map.of(), null, null, -1);
    }

    public static Figure text(String text) {
        return new Figure(null, text, null, null, null, Map.of(), Map.of(), null, null, -1);
    }

    public static Figure none(String code, String words) {
        return none(new Reason(code, words));
    }

    public static Figure none(Reason reason) {
        return new Figure(null, null, reason, null, null, Map.of(), Map.of(), null, null, -1);
    }

    /** Numerator of denominator in percent; without denominator no value, for this reason. */
    public static Figure share(BigDecimal numerator, BigDecimal denominator, Reason empty) {
        Figure figure = denominator.signum() == 0 ? none(empty) : of(Exact.percent(numerator, denominator));
        return figure.from(numerator, denominator);
    }

    public Figure from(@Nullable BigDecimal counted, @Nullable BigDecimal base) {
        return new Figure(value, text, reason, counted, base, figures, excluded, interval, currency, sample);
    }

    public Figure with(String name, BigDecimal figure) {
        Map<String, BigDecimal> more = new LinkedHashMap<>(figures);
        more.put(name, figure);
        return new Figure(value, text, reason, numerator, denominator, more, excluded, interval, currency, sample);
    }

    public Figure within(@Nullable Interval range) {
        return new Figure(value, text, reason, numerator, denominator, figures, excluded, range, currency, sample);
    }

    public Figure leavingOut(String why, long many) {
        Map<String, Long> more = new LinkedHashMap<>(excluded);
        more.put(why, many);
        return new Figure(value, text, reason, numerator, denominator, figures, more, interval, currency, sample);
    }

    public Figure sampled(long size) {
        return new Figure(value, text, reason, numerator, denominator, figures, excluded, interval, currency, size);
    }

    /** Of money. */
    public Figure in(String code) {
        return new Figure(value, text, reason, numerator, denominator, figures, excluded, interval, code, sample);
    }

    /** What to say about the size of the sample; empty when there is nothing to say. */
    public String caution() {
        if (sample < 0 || sample >= SMALL || value == null) {
            return "";
        }
        return sample < TINY ? "too few to rank: " + sample : "small sample: " + sample;
    }
}
