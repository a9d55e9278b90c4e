package io.perennial.metrics.areas;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What the rows of one group in one currency add up to.
 *
 * @param currency empty where rows are no money
 * @param n rows of the base
 * @param hits of these that are counted
 * @param amount sum over the base
 * @param base sum over the base that the amount is part of
 * @param further sums that a figure shows beside it, by name
 * @param leftOut rows outside the base, by why
 */
public record Tally(
        String currency,
        long n,
        long hits,
        BigDecimal amount,
        BigDecimal base,
        Map<String, BigDecimal> further,
        Map<String, Long> leftOut) {

    public BigDecimal further(String name) {
        return further.getOrDefault(name, BigDecimal.ZERO);
    }
}
