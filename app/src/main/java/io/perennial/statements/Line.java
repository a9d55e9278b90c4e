package io.perennial.statements;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a statement.
 *
 * @param section key
 * @param what the figure
 * @param number null where nothing is known; never zero for it
 * @param of the whole that it is a part of, such as seats; null for none
 * @param unit empty for money
 * @param worth money, rounded to cents; null where none is stated
 * @param words what else to say, such as "not connected"
 * @param sum whether it adds up lines above it
 */
public record Line(
        String section,
        String what,
        @Nullable BigDecimal number,
        @Nullable BigDecimal of,
        String unit,
        @Nullable BigDecimal worth,
        @Nullable String currency,
        String words,
        boolean sum) {

    static Line known(Section section, String what, BigDecimal number, @Nullable BigDecimal of, String unit) {
        return new Line(section.key(), what, number, of, unit, null, null, "", false);
    }

    static Line unknown(Section section, String why) {
        return new Line(section.key(), "", null, null, "", null, null, why, false);
    }

    Line worth(@Nullable BigDecimal money, @Nullable String code) {
        return new Line(
                section,
                what,
                number,
                of,
                unit,
                money == null ? null : money.setScale(2, RoundingMode.HALF_UP),
                money == null ? null : code,
                words,
                sum);
    }

    Line saying(String more) {
        return new Line(section, what, number, of, unit, worth, currency, more, sum);
    }

    Line asSum() {
        return new Line(section, what, number, of, unit, worth, currency, words, true);
    }

    public boolean isKnown() {
        return !what.isEmpty();
    }

    /** {@code 168 of 250 people}; empty without a number. */
    public String amount() {
        if (number == null) {
            return "";
        }
        return plain(number) + (of == null ? "" : " of " + plain(of)) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** {@code 12,600.00 EUR}, always with cents; empty without a worth. */
    public String money() {
        return worth == null ? "" : cents(worth) + " " + currency;
    }

    private static String cents(BigDecimal money) {
        return String.format(Locale.ENGLISH, "%,.2f", money);
    }

    /** At most one decimal, and none where there is none. */
    private static String plain(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
        format.setMaximumFractionDigits(1);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(number);
    }
}
