package io.perennial.metrics.revenue;

import io.perennial.metrics.Exact;
import io.perennial.platform.web.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Amounts of a year as people read them, rounded here and nowhere before. */
public final class RevenueWords {

    /** The movements of a bridge in their order. */
    public static final List<Move> BRIDGE =
            List.of(Move.NEW, Move.REACTIVATION, Move.EXPANSION, Move.CONTRACTION, Move.CHURN);

    private static final int CENTS = 2;

    private RevenueWords() {}

    public static String amount(BigDecimal annual) {
        return Wording.amount(annual.setScale(CENTS, RoundingMode.HALF_UP));
    }

    /** {@code +1,200} or {@code −1,200}. */
    public static String signed(BigDecimal annual) {
        return (annual.signum() < 0 ? "−" : annual.signum() > 0 ? "+" : "") + amount(annual.abs());
    }

    /** {@code −12.5 %} of a whole that is not nothing. */
    public static String percent(BigDecimal part, BigDecimal whole) {
        return Exact.percent(part, whole)
                        .setScale(1, RoundingMode.HALF_UP)
                        .toPlainString()
                        .replace('-', '−') + " %";
    }

    /** {@code 1,200 → 1,440 EUR}. */
    public static String change(BigDecimal started, BigDecimal ended, String currency) {
        return amount(started) + " → " + amount(ended) + " " + currency;
    }
}
