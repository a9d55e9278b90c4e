package io.perennial.renewals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/** Days and amounts as the language of a reader writes them. */
final class LocalFormats {

    private LocalFormats() {}

    static String day(LocalDate day, String language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale(language))
                .format(day);
    }

    static String money(BigDecimal amount, String currency, String language) {
        return amount(amount, currency, language) + " " + currency;
    }

    /** To the decimals of the currency, as the language writes numbers. */
    static String amount(BigDecimal amount, String currency, String language) {
        int decimals = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        NumberFormat format = NumberFormat.getNumberInstance(locale(language));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        // The narrow blank that French groups by is in few fonts.
        return format.format(amount).replace('\u202f', '\u00a0');
    }

    private static Locale locale(String language) {
        return language.equals(NoticeWords.FALLBACK) ? Locale.UK : Locale.forLanguageTag(language);
    }
}
