package io.perennial.platform.web;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads days and numbers that people type into forms. What is wrong is a sentence in a refusal of the caller's own. */
public final class FormValues {

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2100;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000000");
    private static final int MOST_DECIMALS = 6;

    private FormValues() {}

    /** @return null when nothing was typed */
    public static @Nullable LocalDate day(String typed, Function<String, ? extends RuntimeException> refusal) {
        if (typed.isBlank()) {
            return null;
        }
        LocalDate day;
        try {
            day = LocalDate.parse(typed.strip());
        } catch (DateTimeException e) {
            throw refusal.apply("Write a day as 2026-11-20.");
        }
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            throw refusal.apply("That day is too far away: write one as 2026-11-20.");
        }
        return day;
    }

    /**
     * A number with up to six decimals, as large as a thousand milliards; commas and blanks between its digits are no part of it.
     *
     * @param unusable what is said of one that is too large or too fine
     * @param none what is said of what is no number
     * @return null when nothing was typed
     */
    public static @Nullable BigDecimal number(
            String typed, String unusable, String none, Function<String, ? extends RuntimeException> refusal) {
        String plain = typed.strip().replace(",", "").replace(" ", "");
        if (plain.isEmpty()) {
            return null;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(plain);
        } catch (NumberFormatException e) {
            throw refusal.apply(none);
        }
        if (number.abs().compareTo(LARGEST) > 0 || number.scale() > MOST_DECIMALS) {
            throw refusal.apply(unusable);
        }
        return number;
    }

    /** @param code in capitals */
    public static boolean isCurrency(String code) {
        try {
            return Currency.getInstance(code) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
