package io.perennial.success;

import io.perennial.platform.web.FormValues;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what people type, or says what is wrong with it. */
final class Typed {

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
        return FormValues.number(
                typed,
                what + " is too large or too fine: write a number such as 12.5.",
                what + " is a number such as 12.5; this is not one: "
                        + (typed.length() > 40 ? typed.substring(0, 40) + "…" : typed.strip()),
                SuccessRefused::new);
    }

    static @Nullable BigDecimal notBelowZero(String typed, String what) {
        BigDecimal number = number(typed, what);
        if (number != null && number.signum() < 0) {
            throw new SuccessRefused(what + " is not below zero.");
        }
        return number;
    }

    static @Nullable LocalDate day(String typed) {
        return FormValues.day(typed, SuccessRefused::new);
    }

    static String currency(String typed) {
        String code = typed.strip().toUpperCase(Locale.ROOT);
        if (!code.isEmpty() && !FormValues.isCurrency(code)) {
            throw new SuccessRefused("A currency has three letters, such as EUR.");
        }
        return code;
    }
}
