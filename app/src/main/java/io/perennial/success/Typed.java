package io.perennial.success;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what people type, or says what is wrong with it. */
final class Typed {

    private static final BigDecimal LARGEST = new BigDecimal("1000000000000");
    private static final int MOST_DECIMALS = 6;

    private Typed() {}

    /** One line without control characters. */
    static String line(String typed, String what, int most) {
        String line = typed.strip();
        if (line.length() > most || line.chars().anyMatch(Character::isISOControl)) {
            throw new SuccessRefused(what + " has up to " + most + " characters, on one line.");
        }
        return line;
    }

    static String words(String typed, String what, int most) {
        String words = typed.replace("\r\n", "\n").strip();
        if (words.length() > most || words.indexOf('\0') >= 0) {
            throw new SuccessRefused(what + " has up to " + most + " characters.");
        }
        return words;
    }

    static @Nullable BigDecimal number(String typed, String what) {
        String plain = typed.strip().replace(",", "").replace(" ", "");
        if (plain.isEmpty()) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(plain);
            if (number.abs().compareTo(LARGEST) > 0 || number.scale() > MOST_DECIMALS) {
                throw new SuccessRefused(what + " is too large or too fine: write a number such as 12.5.");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new SuccessRefused(what + " is a number such as 12.5; this is not one: "
                    + (typed.length() > 40 ? typed.substring(0, 40) + "…" : typed.strip()));
        }
    }

    static @Nullable BigDecimal notBelowZero(String typed, String what) {
        BigDecimal number = number(typed, what);
        if (number != null && number.signum() < 0) {
            throw new SuccessRefused(what + " is not below zero.");
        }
        return number;
    }

    static @Nullable LocalDate day(String typed) {
        if (typed.isBlank()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(typed.strip());
            if (day.getYear() < 1970 || day.getYear() > 2100) {
                throw new SuccessRefused("That day is too far away: write one as 2026-11-20.");
            }
            return day;
        } catch (DateTimeException e) {
            throw new SuccessRefused("Write a day as 2026-11-20.");
        }
    }

    static String currency(String typed) {
        String code = typed.strip().toUpperCase(Locale.ROOT);
        if (code.isEmpty()) {
            return "";
        }
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new SuccessRefused("A currency has three letters, such as EUR.");
        }
    }
}
