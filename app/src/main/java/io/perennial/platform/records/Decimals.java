package io.perennial.platform.records;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exact numbers. A text is read by the decimal mark that somebody chose; a text that could mean two numbers, such as
 * {@code 1,234}, is refused, never guessed.
 */
final class Decimals {

    private static final String BLANK_GROUPS = " \u00a0\u202f'\u2019";
    private static final Pattern POINT = pattern('.', ',');
    private static final Pattern COMMA = pattern(',', '.');
    private static final int LONGEST = 60;

    private Decimals() {}

    private static Pattern pattern(char mark, char other) {
        String group = "[" + Pattern.quote(String.valueOf(other)) + BLANK_GROUPS + "]";
        String decimalMark = Pattern.quote(String.valueOf(mark));
        return Pattern.compile("(?<sign>[+-]?)(?:(?<plain>[0-9]+)|(?<grouped>[0-9]{1,3}(?<group>" + group
                + ")[0-9]{3}(?:\\k<group>[0-9]{3})*))?(?:" + decimalMark + "(?<fraction>[0-9]+))?");
    }

    static BigDecimal decimal(Object raw, char decimalMark) throws BadValue {
        return switch (raw) {
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case String text -> parse(text.strip(), decimalMark);
            default -> throw new BadValue("wrong_type", "Must be a number.");
        };
    }

    private static BigDecimal parse(String text, char decimalMark) throws BadValue {
        if (text.length() > LONGEST) {
            throw notANumber(decimalMark);
        }
        Matcher matcher = (decimalMark == ',' ? COMMA : POINT).matcher(text);
        if (!matcher.matches() || (matcher.group("plain") == null && matcher.group("grouped") == null)) {
            throw notANumber(decimalMark);
        }
        String grouped = matcher.group("grouped");
        String fraction = matcher.group("fraction");
        String whole = matcher.group("plain");
        if (grouped != null) {
            char group = String.valueOf(matcher.group("group")).charAt(0);
            boolean oneGroup = grouped.indexOf(group) == grouped.lastIndexOf(group);
            if (oneGroup && fraction == null && (group == ',' || group == '.')) {
                throw new BadValue(
                        "ambiguous_number",
                        "Could mean two numbers, with %c as thousands separator or as decimal mark. Write it without thousands separators."
                                .formatted(group));
            }
            whole = grouped.replace(String.valueOf(group), "");
        }
        return new BigDecimal(
                matcher.group("sign").replace("+", "") + whole + (fraction == null ? "" : "." + fraction));
    }

    private static BadValue notANumber(char decimalMark) {
        return new BadValue(
                "not_a_number",
                "Not a number. Write plain digits with %s as decimal mark, such as 1234%c50; no currency signs, brackets or exponents."
                        .formatted(decimalMark == ',' ? "a comma" : "a point", decimalMark == ',' ? ',' : '.'));
    }

    /** Digits in front of the decimal mark, found without writing out a huge exponent. */
    static long wholeDigits(BigDecimal number) {
        return number.signum() == 0 ? 0 : (long) number.precision() - number.scale();
    }

    static void requireBounds(BigDecimal number, int wholeDigits, int scale) throws BadValue {
        if (wholeDigits(number) > wholeDigits) {
            throw new BadValue(
                    "out_of_range",
                    "Too large: at most %d digits in front of the decimal mark.".formatted(wholeDigits));
        }
        if ((long) number.scale() > 100 || decimals(number) > scale) {
            throw new BadValue("too_many_decimals", "At most %d decimals.".formatted(scale));
        }
    }

    /** Decimals that matter: 12.50 has one, 12.00 none. */
    static int decimals(BigDecimal number) {
        return Math.max(0, number.stripTrailingZeros().scale());
    }
}
