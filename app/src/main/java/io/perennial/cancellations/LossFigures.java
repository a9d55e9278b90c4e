package io.perennial.cancellations;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Losses, counted.
 *
 * @param left how many groups there are beyond those listed
 */
public record LossFigures(Group total, List<Group> groups, int left) {

    /** Under so many a share says little, and under so few nothing is ranked by it. */
    public static final int SMALL = 30;

    /** A year's revenue in one currency; {@code back} is that of customers who came back. */
    public record Sum(String currency, BigDecimal amount, BigDecimal back) {}

    /**
     * @param losses cancellations that took effect
     * @param customers different customers behind them
     * @param back customers who came back since
     * @param without losses whose amount nobody knows
     */
    public record Group(
            String key, String name, long losses, long customers, long back, long without, List<Sum> money) {

        public boolean isSmall() {
            return customers < SMALL;
        }

        /** Customers who came back of those who left, in percent; null when nobody left. */
        public @Nullable Long backPercent() {
            return customers == 0 ? null : Math.round(100.0 * back / customers);
        }

        public long percentOf(Group whole) {
            return whole.customers == 0 ? 0 : Math.round(100.0 * customers / whole.customers);
        }
    }

    /** The group with the most customers whose reason is known; null when there is none. */
    public @Nullable Group foremost() {
        return groups.stream()
                .filter(group -> !group.key().equals("unknown") && !group.key().equals("other"))
                .findFirst()
                .orElse(null);
    }
}
