package io.perennial.campaigns;

import org.jspecify.annotations.Nullable;

/**
 * When somebody likes to be written to, and in which language; what they left open the house decides.
 *
 * @param language two letters
 * @param fromHour on their clock; with {@code toHour} or not at all
 * @param days a bit for each day of the week, Monday lowest
 */
public record Wish(
        @Nullable String language,
        @Nullable Integer fromHour,
        @Nullable Integer toHour,
        @Nullable Integer days) {

    public static final Wish NONE = new Wish(null, null, null, null);

    SendWindow window(LetterRules.Rules rules) {
        Integer from = fromHour;
        Integer to = toHour;
        return new SendWindow(
                from == null ? rules.fromHour() : from,
                to == null ? rules.toHour() : to,
                days == null ? rules.days() : days);
    }

    public boolean writesOn(int day) {
        return days == null || (days >> day & 1) == 1;
    }
}
