package io.perennial.health.measures;

/**
 * Something that can be known about an account and may say how the relationship is.
 *
 * @param id stable, snake_case, e.g. {@code usage_trend}; models name it
 * @param title as on screen
 * @param unit for people: "days", "%", "cases"
 * @param source what must be connected for it to be known: "usage", "cases", ...
 * @param description meaning and formula in a sentence or two
 */
public record Measure(String id, String title, String unit, String source, String description) {

    /**
     * Who has a reading of this measure, observed on the day they left, is no customer any more: in no band of risk, no
     * part of what is usual, and without signals.
     */
    public static final String CUSTOMER_LEFT = "customer_left";
}
