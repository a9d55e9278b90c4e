package io.perennial.events.door;

import java.nio.charset.StandardCharsets;

/**
 * One event, or a whole request, that was not taken.
 *
 * @param index place in the batch; -1 for the whole request
 * @param excerpt beginning of what was sent
 */
record Refusal(int index, String code, String detail, String excerpt) {

    /** The beginning, fit to be shown. */
    static String excerpt(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + DoorLimits.EXCERPT_LENGTH);
        String text = new String(bytes, from, Math.max(0, end - from), StandardCharsets.UTF_8);
        String shown = shown(text);
        boolean cut = shown.endsWith("\uFFFD"); // in the middle of a character
        return (cut ? shown.substring(0, shown.length() - 1) : shown) + (to > end ? "…" : "");
    }

    /** Without what a database or a terminal would stumble over. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        Escapes.cleaned(text).chars().forEach(c -> shown.append(Character.isISOControl(c) ? ' ' : (char) c));
        return shown.toString();
    }
}
