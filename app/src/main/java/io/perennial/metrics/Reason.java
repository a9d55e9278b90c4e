package io.perennial.metrics;

/**
 * Why there is no value. Nothing is never shown as zero.
 *
 * @param code for programs, such as {@code NO_RESPONSES}
 */
public record Reason(String code, String words) {}
