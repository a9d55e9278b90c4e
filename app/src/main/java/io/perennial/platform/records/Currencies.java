package io.perennial.platform.records;

import java.util.Currency;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ISO 4217 currencies in which somebody is paid today: those that are legal tender of a country according to the
 * Java platform. Historic codes, metals, funds and test codes are not among them.
 */
public final class Currencies {

    private static final Set<String> IN_USE = Stream.of(Locale.getISOCountries())
            .map(country -> Currency.getInstance(Locale.of("", country)))
            .filter(currency -> currency != null)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Currencies() {}

    static String code(String raw) throws BadValue {
        String code = raw.strip().toUpperCase(Locale.ROOT);
        if (!IN_USE.contains(code)) {
            throw new BadValue(
                    "unknown_currency",
                    "Not a currency in use today. Write its ISO 4217 code of three letters, such as USD or EUR.");
        }
        return code;
    }

    /** How many decimals its amounts have; empty for what is no currency in use today. */
    public static OptionalInt decimalsOf(String code) {
        String folded = code.strip().toUpperCase(Locale.ROOT);
        return IN_USE.contains(folded) ? OptionalInt.of(decimals(folded)) : OptionalInt.empty();
    }

    static int decimals(String code) {
        return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
    }
}
