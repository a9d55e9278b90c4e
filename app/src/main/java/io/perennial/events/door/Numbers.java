package io.perennial.events.door;

/** Which numbers readers can hold: a double does not become infinite, and numeric of PostgreSQL has room for the decimals. */
final class Numbers {

    /** Of numeric there may be 16,383; nobody measures with so many. */
    private static final int MOST_DECIMALS = 1_000;

    private static final int LONGEST_EXPONENT = 4;

    private Numbers() {}

    /** @param number as JSON writes them */
    static boolean fit(String number) {
        int mark = Math.max(number.indexOf('e'), number.indexOf('E'));
        String digits = mark < 0 ? number : number.substring(0, mark);
        int exponent = 0;
        if (mark >= 0) {
            String written = number.substring(mark + 1).replaceFirst("^([+-]?)0+(?=[0-9])", "$1");
            if (written.length() > LONGEST_EXPONENT + 1) {
                return false;
            }
            exponent = Integer.parseInt(written);
        }
        int point = digits.indexOf('.');
        int decimals = point < 0 ? 0 : digits.length() - point - 1;
        return Math.abs(exponent) <= MOST_DECIMALS
                && decimals - exponent <= MOST_DECIMALS
                && !Double.isInfinite(Double.parseDouble(number));
    }
}
