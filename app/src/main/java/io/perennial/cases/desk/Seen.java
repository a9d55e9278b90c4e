package io.perennial.cases.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a page showed of a case, sent back by its forms: so that nobody overwrites what they never saw.
 *
 * @param at when the case had last changed then
 */
public record Seen(int version, Instant at) {

    /** For verbs that do not depend on what the page showed. */
    static final Seen WHATEVER = new Seen(-1, Instant.EPOCH);

    /** @throws IllegalArgumentException when it is none of ours */
    public static Seen parse(String text) {
        String[] parts = text.split("_", 2);
        try {
            return new Seen(
                    Integer.parseInt(parts[0]), Instant.EPOCH.plus(Long.parseLong(parts[1]), ChronoUnit.MICROS));
        } catch (NumberFormatException | IndexOutOfBoundsException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("The form is not one of ours. Open the case again.", e);
        }
    }

    @Override
    public String toString() {
        return version + "_" + ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
