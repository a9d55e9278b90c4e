package io.perennial.accounts.list;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands above a list or a group of it. Money is never added across currencies.
 *
 * @param heading the group's value; null for the whole list
 * @param byBand accounts by health band
 */
public record ListSummary(
        @Nullable String heading, long accounts, List<Amount> arr, List<Amount> atRisk, Map<String, Long> byBand) {

    /** Recurring revenue in one currency. */
    public record Amount(String currency, BigDecimal value) {}
}
