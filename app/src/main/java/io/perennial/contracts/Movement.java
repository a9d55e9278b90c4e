package io.perennial.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How recurring revenue of one currency moved between two days, netted per account: each account is in one movement
 * only. All amounts are a year's, exact, and close: {@code start + arrived + expansion - contraction - churned = end}.
 *
 * @param accountsStart accounts with revenue on the first day
 * @param accountsKept those of them with revenue on the last day
 * @param accountsEnd accounts with revenue on the last day
 * @param arrived revenue of accounts without any on the first day
 */
public record Movement(
        String currency,
        int accountsStart,
        int accountsKept,
        int accountsEnd,
        BigDecimal start,
        BigDecimal end,
        BigDecimal churned,
        BigDecimal contraction,
        BigDecimal expansion,
        BigDecimal arrived) {

    /** Digits of a rate after the point: enough to compare with any other system. */
    private static final int RATE_SCALE = 12;

    /** Gross revenue retention, at most 1; null when there was nothing to retain. */
    public @Nullable BigDecimal grossRetention() {
        return share(start.subtract(churned).subtract(contraction), start);
    }

    /** Net revenue retention of the accounts live at the start; above 1 when they grew; null as above. */
    public @Nullable BigDecimal netRetention() {
        return share(start.subtract(churned).subtract(contraction).add(expansion), start);
    }

    /** Share of accounts kept, whatever they pay; null as above. */
    public @Nullable BigDecimal logoRetention() {
        return share(BigDecimal.valueOf(accountsKept), BigDecimal.valueOf(accountsStart));
    }

    private static @Nullable BigDecimal share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.divide(whole, RATE_SCALE, RoundingMode.HALF_UP);
    }
}
