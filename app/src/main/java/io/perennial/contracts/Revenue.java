package io.perennial.contracts;

import java.math.BigDecimal;

/**
 * Recurring revenue of one currency on a day.
 *
 * @param lines lines running that day, paid or not
 * @param accounts accounts with such a line
 * @param payingAccounts accounts with revenue above zero
 * @param annual a year's revenue (ARR), exact
 */
public record Revenue(String currency, int lines, int accounts, int payingAccounts, BigDecimal annual) {

    /** A month's revenue (MRR). */
    public BigDecimal monthly() {
        return RecurringRevenue.monthly(annual);
    }
}
