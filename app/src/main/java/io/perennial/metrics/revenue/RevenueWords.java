package io.perennial.metrics.revenue;

import io.perennial.metrics.Exact;
import io.perennial.platform.records.Currencies;
import io.perennial.platform.web.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Amounts of a year as people read them, rounded here and nowhere before. */
public final class RevenueWords {

    /** The movements of a bridge in their order. */
    public static final List<Move> BRIDGE =
            List.of(Move.NEW, Move.REACTIVATION, Move.EXPANSION, Move.PRICE_ESCALATOR, Move.CONTRACTION, Move.CHURN);

    private static final List<Move> BRIDGE_AT_RATES_OF_DAYS =
            Stream.concat(BRIDGE.stream(), Stream.of(Move.FX)).toList();

    private static final int CENTS = 2;

    private RevenueWords() {}

    /** The movements of these; exchange rates only where they moved something. */
    public static List<Move> bridge(Collection<Ledger> ledgers) {
        return ledgers.stream().allMatch(ledger -> ledger.rows(Move.FX) == 0) ? BRIDGE : BRIDGE_AT_RATES_OF_DAYS;
    }

    /**
     * A year's amount as its currency has decimals.
     *
     * @param currency may be empty or unknown: two decimals
     */
    public static BigDecimal rounded(BigDecimal annual, String currency) {
        return annual.setScale(Currencies.decimalsOf(currency).orElse(CENTS), RoundingMode.HALF_UP);
    }

    public static String amount(BigDecimal annual, String currency) {
        return Wording.amount(rounded(annual, currency));
    }

    /** Movements as they are shown, so that the start as shown and all of them make the end as shown: the largest takes what is left. */
    public static Map<Move, BigDecimal> closing(Ledger ledger) {
        Map<Move, BigDecimal> shown = new EnumMap<>(Move.class);
        BigDecimal left = rounded(ledger.end(), ledger.currency()).subtract(rounded(ledger.start(), ledger.currency()));
        Move largest = null;
        for (Move move : BRIDGE_AT_RATES_OF_DAYS) {
            BigDecimal amount = rounded(ledger.moved(move), ledger.currency());
            shown.put(move, amount);
            left = left.subtract(amount);
            if (largest == null || ledger.size(move).compareTo(ledger.size(largest)) > 0) {
                largest = move;
            }
        }
        if (largest != null) {
            shown.merge(largest, left, BigDecimal::add);
        }
        return shown;
    }

    public static String amount(BigDecimal annual) {
        return Wording.amount(annual.setScale(CENTS, RoundingMode.HALF_UP));
    }

    /** As the currency has decimals: {@code +1,200} or {@code −1,200}. */
    public static String signed(BigDecimal annual, String currency) {
        return sign(annual) + amount(annual.abs(), currency);
    }

    private static String sign(BigDecimal annual) {
        return annual.signum() < 0 ? "−" : annual.signum() > 0 ? "+" : "";
    }

    /** {@code +1,200} or {@code −1,200}. */
    public static String signed(BigDecimal annual) {
        return sign(annual) + amount(annual.abs());
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
        return amount(started, currency) + " → " + amount(ended, currency) + " " + currency;
    }
}
