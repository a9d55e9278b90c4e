package io.perennial.cancellations;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was typed to record a cancellation, kept as typed.
 *
 * @param contract external id; empty for the whole account
 * @param endLines whether contract lines end on the effective day
 */
public record CancellationDraft(
        String cancelledOn,
        String effectiveOn,
        String reason,
        String detail,
        String competitor,
        String contract,
        String amount,
        String currency,
        String comment,
        boolean endLines,
        boolean withdrawn) {

    public static CancellationDraft of(Map<String, String> typed) {
        return new CancellationDraft(
                said(typed, "cancelledOn"),
                said(typed, "effectiveOn"),
                said(typed, "reason"),
                said(typed, "detail"),
                said(typed, "competitor"),
                said(typed, "contract"),
                said(typed, "amount"),
                said(typed, "currency"),
                said(typed, "comment"),
                typed.containsKey("endLines"),
                typed.containsKey("withdrawn"));
    }

    private static String said(Map<String, String> typed, String name) {
        return Objects.requireNonNullElse(typed.get(name), "")
                .replace("\r\n", "\n")
                .strip();
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
