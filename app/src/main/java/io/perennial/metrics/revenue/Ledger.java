package io.perennial.metrics.revenue;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * Recurring revenue of one currency and how it moved between two days, both as at their beginning. Amounts are a year's,
 * exact, and close: start and all movements make the end.
 *
 * @param customersStart customers live at the start; of several currencies each counts in one ledger only
 * @param customersKept those of them live at the end
 * @param customersEnd customers live at the end
 * @param customersWithin customers who came and left between both days
 * @param movements with their sign: churn and contraction are below zero
 * @param rows customers in each movement of this currency
 * @param smaller sum over customers live at the start of the smaller of both amounts
 */
public record Ledger(
        String currency,
        long customersStart,
        long customersKept,
        long customersEnd,
        long customersWithin,
        BigDecimal start,
        BigDecimal end,
        BigDecimal smaller,
        Map<Move, BigDecimal> movements,
        Map<Move, Long> rows) {

    private static final BigDecimal TWELVE = BigDecimal.valueOf(12);

    static Ledger empty(String currency) {
        return new Ledger(currency, 0, 0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, Map.of(), Map.of());
    }

    /** How a currency stands, before anything moves. */
    static Ledger standing(String currency, long customers, BigDecimal annual) {
        return new Ledger(currency, customers, customers, customers, 0, annual, annual, annual, Map.of(), Map.of());
    }

    /** Other customers of the same currency added to these. */
    Ledger and(Ledger other) {
        Map<Move, BigDecimal> bothMovements = new EnumMap<>(Move.class);
        Map<Move, Long> bothRows = new EnumMap<>(Move.class);
        for (Move move : Move.values()) {
            bothMovements.put(move, moved(move).add(other.moved(move)));
            bothRows.put(move, rows(move) + other.rows(move));
        }
        return new Ledger(
                currency,
                customersStart + other.customersStart,
                customersKept + other.customersKept,
                customersEnd + other.customersEnd,
                customersWithin + other.customersWithin,
                start.add(other.start),
                end.add(other.end),
                smaller.add(other.smaller),
                bothMovements,
                bothRows);
    }

    /** With its sign. */
    public BigDecimal moved(Move move) {
        BigDecimal amount = movements.get(move);
        return amount == null ? BigDecimal.ZERO : amount;
    }

    /** Without its sign. */
    public BigDecimal size(Move move) {
        return moved(move).abs();
    }

    public long rows(Move move) {
        Long rows = this.rows.get(move);
        return rows == null ? 0 : rows;
    }

    /** What customers who stayed bring more, agreed prices included. */
    BigDecimal dearer() {
        return moved(Move.EXPANSION).add(moved(Move.PRICE_ESCALATOR));
    }

    /** Revenue at the end of the customers live at the start, without what exchange rates did to it. */
    public BigDecimal endOfThoseLive() {
        return start.add(dearer()).add(moved(Move.CONTRACTION)).add(moved(Move.CHURN));
    }

    /** A month of a year's amount, to 34 digits. */
    public static BigDecimal monthly(BigDecimal annual) {
        return io.perennial.metrics.Exact.divide(annual, TWELVE);
    }
}
