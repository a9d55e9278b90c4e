package io.perennial.metrics;

/**
 * One way to define a metric; the first of a metric is the default.
 *
 * @param id as the API says it, snake_case
 * @param meaning in a sentence, as people read it
 */
public record Definition(String id, String title, String meaning) {}
