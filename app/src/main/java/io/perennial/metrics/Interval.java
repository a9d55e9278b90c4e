package io.perennial.metrics;

import java.math.BigDecimal;

/**
 * Between what the value lies when the sample is repeated, in the unit of the value.
 *
 * @param level such as 0.95
 */
public record Interval(BigDecimal from, BigDecimal to, double level, String method) {}
