package io.perennial.health.web;

import org.jspecify.annotations.Nullable;

/**
 * Evidence that names a case, cut so that the name can be a link.
 *
 * @param number of the case; null when none is named, and then everything stands in {@code before}
 */
public record Mention(String before, @Nullable String number, String after) {

    private static final String NAMED = "case #";
    private static final int LONGEST = 15;

    /** The last one counts: a quotation comes before what we say about it. */
    public static Mention of(String evidence) {
        int at = evidence.lastIndexOf(NAMED);
        if (at >= 0) {
            int from = at + NAMED.length();
            int to = from;
            while (to < evidence.length() && to - from < LONGEST && isDigit(evidence.charAt(to))) {
                to++;
            }
            if (to > from) {
                return new Mention(evidence.substring(0, at), evidence.substring(from, to), evidence.substring(to));
            }
        }
        return new Mention(evidence, null, "");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
