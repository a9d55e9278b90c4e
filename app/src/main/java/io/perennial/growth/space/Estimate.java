package io.perennial.growth.space;

import java.math.BigDecimal;

/** Money of a year that is estimated, from a quarter of the peers' prices to three quarters of them. */
public record Estimate(String currency, BigDecimal low, BigDecimal amount, BigDecimal high) {

    Estimate and(Estimate other) {
        return new Estimate(currency, low.add(other.low), amount.add(other.amount), high.add(other.high));
    }
}
