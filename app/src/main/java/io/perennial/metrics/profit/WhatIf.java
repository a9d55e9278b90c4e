package io.perennial.metrics.profit;

import io.perennial.metrics.Exact;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What more time for customers would cost and keep, from stated assumptions alone. Exact arithmetic; amounts in one currency.
 *
 * @param customers who get the time
 * @param hours for each of them, in a year
 * @param hourCost what an hour costs with its overhead
 * @param revenueDue recurring revenue of a year of these customers that is due
 * @param renewalRate percent of it that is renewed without the investment
 * @param low percentage points of renewal that an hour brings, at the least
 * @param likely the same as it is expected
 * @param high the same at the most
 * @param margin percent of the revenue kept that is left as profit
 * @param billed what a customer pays for an hour: direct revenue; nothing where the time is included
 */
public record WhatIf(
        BigDecimal customers,
        BigDecimal hours,
        BigDecimal hourCost,
        BigDecimal revenueDue,
        BigDecimal renewalRate,
        BigDecimal low,
        BigDecimal likely,
        BigDecimal high,
        BigDecimal margin,
        BigDecimal billed) {

    private static final List<String> STEPS = List.of("0.5", "1", "2", "4", "8");

    /**
     * @param capped more than all cannot renew, nor fewer than none
     * @param net what is kept as profit and what is paid for the hours, less the cost
     * @param back net in percent of the cost; null without cost
     */
    public record Outcome(
            BigDecimal points,
            boolean capped,
            BigDecimal kept,
            BigDecimal net,
            @Nullable BigDecimal back) {}

    /** The same with so many hours for each. */
    public record Step(BigDecimal hours, BigDecimal cost, Outcome low, Outcome likely, Outcome high) {}

    public BigDecimal cost() {
        return customers.multiply(hours).multiply(hourCost);
    }

    /** What customers pay for the hours themselves. */
    public BigDecimal direct() {
        return customers.multiply(hours).multiply(billed);
    }

    public Outcome outcome(BigDecimal effect) {
        BigDecimal most = Exact.HUNDRED.subtract(renewalRate);
        BigDecimal wished = effect.multiply(hours);
        BigDecimal points = wished.min(most).max(renewalRate.negate());
        BigDecimal kept = Exact.divide(revenueDue.multiply(points), Exact.HUNDRED);
        BigDecimal net =
                Exact.divide(kept.multiply(margin), Exact.HUNDRED).add(direct()).subtract(cost());
        return new Outcome(
                points,
                points.compareTo(wished) != 0,
                kept,
                net,
                cost().signum() == 0 ? null : Exact.percent(net, cost()));
    }

    public Outcome atLeast() {
        return outcome(low);
    }

    public Outcome expected() {
        return outcome(likely);
    }

    public Outcome atMost() {
        return outcome(high);
    }

    /** Points that an hour must bring to pay for itself; nothing where customers pay for it; null where no revenue is due. */
    public @Nullable BigDecimal breakEven() {
        BigDecimal worth = revenueDue.multiply(margin);
        return worth.signum() == 0
                ? null
                : Exact.divide(
                        customers
                                .multiply(hourCost.subtract(billed).max(BigDecimal.ZERO))
                                .multiply(Exact.HUNDRED)
                                .multiply(Exact.HUNDRED),
                        worth);
    }

    public WhatIf with(BigDecimal otherHours) {
        return new WhatIf(customers, otherHours, hourCost, revenueDue, renewalRate, low, likely, high, margin, billed);
    }

    /** Multiples of the hours that are asked about. */
    public List<Step> sensitivity() {
        return STEPS.stream()
                .map(times -> step(hours.multiply(new BigDecimal(times))))
                .toList();
    }

    /** From nothing to four times as much, for the curves. */
    public List<Step> curve() {
        return java.util.stream.IntStream.rangeClosed(0, 16)
                .mapToObj(i -> step(hours.multiply(BigDecimal.valueOf(i)).divide(BigDecimal.valueOf(4))))
                .toList();
    }

    private Step step(BigDecimal many) {
        WhatIf other = with(many);
        return new Step(many, other.cost(), other.atLeast(), other.expected(), other.atMost());
    }
}
