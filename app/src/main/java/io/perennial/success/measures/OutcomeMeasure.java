package io.perennial.success.measures;

/**
 * A live value of an account that an outcome can be bound to.
 *
 * @param id stable, snake_case; outcomes name it
 * @param unit for people
 * @param description meaning and window in a sentence
 * @param ofFeature whether it asks for a feature by its name in files and events
 */
public record OutcomeMeasure(String id, String title, String unit, String description, boolean ofFeature) {}
