package io.perennial.platform.exports;

/**
 * Keeps spreadsheets from running text as a formula: a single quote goes in front of it when it leaves and is taken away
 * when it comes back. Text that already begins with quotes before such a character gets one more, so that every text
 * survives the round trip.
 */
public final class FormulaGuard {

    private FormulaGuard() {}

    /** For text only; a number is written as it is. */
    public static String add(String text) {
        return isDangerous(text, 0) ? "'" + text : text;
    }

    public static String remove(String text) {
        return !text.isEmpty() && text.charAt(0) == '\'' && isDangerous(text, 1) ? text.substring(1) : text;
    }

    private static boolean isDangerous(String text, int from) {
        int start = from;
        while (start < text.length() && text.charAt(start) == '\'') {
            start++;
        }
        return start < text.length() && startsFormula(text.charAt(start));
    }

    private static boolean startsFormula(char c) {
        return switch (c) {
            case '=', '+', '-', '@', '\t', '\r', '\n', '\0' -> true;
            case '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20' -> true; // full-width = + - @
            case '\uFE66', '\uFE62', '\uFE63', '\uFE6B', '\u2212' -> true; // small forms, minus sign
            default -> false;
        };
    }
}
