package io.perennial.metrics.formula;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a customer is worth, and when it has paid for being won: the same for numbers that are sent and for what contracts say. */
public final class Worth {

    /** With nobody lost a customer is reckoned with for so long at most, where an end is wanted: five years. */
    public static final BigDecimal MOST_MONTHS = BigDecimal.valueOf(60);

    private static final Reason NO_CHURN = new Reason("NO_CHURN", "Nobody leaves, so no end can be reckoned with.");

    private static final Reason NOBODY = new Reason("NO_COHORT", "No customer was observed.");

    private Worth() {}

    /** Months after which half are left. */
    public static Figure median(KaplanMeier curve) {
        if (curve.last() == 0) {
            return Figure.none(NOBODY);
        }
        OptionalDouble median = curve.median();
        return median.isPresent()
                ? Figure.of(BigDecimal.valueOf(median.getAsDouble()))
                : Figure.none("MORE_THAN_HALF_LEFT", "More than half are left after all the time that was observed.");
    }

    /** Months that were stayed in the mean, of five years at most. */
    public static Figure mean(KaplanMeier curve) {
        return curve.last() == 0
                ? Figure.none(NOBODY)
                : Figure.of(BigDecimal.valueOf(curve.mean(MOST_MONTHS.doubleValue())));
    }

    /**
     * For as long as customers stay at this churn.
     *
     * @param monthly revenue of a customer in a month
     * @param churn of a month, in percent
     * @param margin in percent; null to leave it out
     */
    public static Figure lifetime(BigDecimal monthly, BigDecimal churn, @Nullable BigDecimal margin) {
        return churn.signum() == 0
                ? Figure.none(NO_CHURN)
                : worth(Exact.divide(monthly.multiply(Exact.HUNDRED), churn), margin);
    }

    /** The same for five years at most; then there is an end also where nobody leaves. */
    public static Figure capped(BigDecimal monthly, BigDecimal churn, @Nullable BigDecimal margin) {
        BigDecimal months = churn.signum() == 0
                ? MOST_MONTHS
                : Exact.divide(Exact.HUNDRED, churn).min(MOST_MONTHS);
        return worth(monthly.multiply(months), margin);
    }

    private static Figure worth(BigDecimal revenue, @Nullable BigDecimal margin) {
        if (margin == null) {
            return Figure.of(revenue).with("revenue_ltv", revenue);
        }
        BigDecimal kept = Exact.divide(revenue.multiply(margin), Exact.HUNDRED);
        return Figure.of(kept).with("revenue_ltv", revenue).with("margin_ltv", kept);
    }

    /**
     * Months until a customer has paid for being won.
     *
     * @param cost to win it
     * @param monthly its revenue in a month
     * @param margin as a share: 0.7 for 70 %
     */
    public static Figure payback(BigDecimal cost, BigDecimal monthly, BigDecimal margin) {
        BigDecimal left = monthly.multiply(margin);
        return left.signum() <= 0
                ? Figure.none("NO_MARGIN", "A customer leaves nothing to pay with.")
                : Figure.of(Exact.divide(cost, left));
    }

    /** Mean months that a customer stays at a churn of a month in percent. */
    public static Figure months(BigDecimal churn) {
        return churn.signum() == 0 ? Figure.none(NO_CHURN) : Figure.of(Exact.divide(Exact.HUNDRED, churn));
    }
}
