package io.perennial.metrics.revenue;

import io.perennial.metrics.Figure;
import java.math.BigDecimal;

/** The whole bridge of a month's revenue as figures: the end, and every movement with its sign and its customers. */
final class MovementFigures {

    private MovementFigures() {}

    /** The value is how much a month's revenue moved. */
    static Figure of(Ledger ledger) {
        if (ledger.currency().isEmpty()) {
            return Figure.none(Ledgers.NO_REVENUE);
        }
        Figure figure = Figure.of(Ledger.monthly(ledger.end().subtract(ledger.start())))
                .with("start", Ledger.monthly(ledger.start()))
                .with("mrr", Ledger.monthly(ledger.end()))
                .with("customers", BigDecimal.valueOf(ledger.customersEnd()));
        for (Move move : Move.values()) {
            if (move != Move.SAME && move != Move.IN_PERIOD) {
                figure = figure.with(move.key(), Ledger.monthly(ledger.moved(move)))
                        .with("n_" + move.key(), BigDecimal.valueOf(ledger.rows(move)));
            }
        }
        return figure;
    }
}
