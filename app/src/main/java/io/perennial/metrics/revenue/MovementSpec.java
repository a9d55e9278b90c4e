package io.perennial.metrics.revenue;

import io.perennial.metrics.Figure;
import java.util.function.Function;

/**
 * A metric of movements: the figure, and which customers are behind its denominator and numerator, as conditions in SQL.
 *
 * @param graced whether who renews late was a customer meanwhile
 */
record MovementSpec(Function<Ledgers, Figure> figure, String base, String counted, boolean graced) {

    private static final String LIVE = "f.live_started";
    private static final String NOW = "f.ended > 0";

    /** Of the customers live at the start. */
    static MovementSpec ofStart(Function<Ledgers, Figure> figure, String counted) {
        return new MovementSpec(figure, LIVE, counted, true);
    }

    /** Of the customers live at the end. */
    static MovementSpec ofEnd(Function<Ledgers, Figure> figure) {
        return new MovementSpec(figure, NOW, NOW, true);
    }

    /** Of all customers who moved. */
    static MovementSpec ofMoves(Function<Ledgers, Figure> figure, String counted) {
        return new MovementSpec(figure, "f.movement <> 'same'", counted, true);
    }

    MovementSpec asRun() {
        return new MovementSpec(figure, base, counted, false);
    }
}
