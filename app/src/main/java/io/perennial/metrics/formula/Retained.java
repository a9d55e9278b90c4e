package io.perennial.metrics.formula;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;

/** Rates of revenue and customers kept, the same for numbers that are sent and for what contracts say. */
public final class Retained {

    public static final Reason NO_START =
            new Reason("NO_REVENUE_AT_START", "There was no recurring revenue at the start.");
    public static final Reason NO_CUSTOMERS =
            new Reason("NO_CUSTOMERS_AT_START", "There was no customer at the start.");

    private Retained() {}

    /** Net: what those live at the start pay at the end. */
    public static Figure net(BigDecimal start, BigDecimal expansion, BigDecimal contraction, BigDecimal churn) {
        BigDecimal without = start.add(expansion).subtract(churn);
        BigDecimal end = without.subtract(contraction);
        Figure figure = Figure.share(end, start, NO_START);
        return start.signum() == 0
                ? figure
                : figure.with("standard", Exact.percent(end, start))
                        .with("baremetrics_printed_rule", Exact.percent(without, start));
    }

    /** What stays of the start without anything more being sold. */
    public static Figure kept(BigDecimal start, BigDecimal kept) {
        return Figure.share(kept, start, NO_START);
    }

    /** Revenue at the end by that at the start, new customers included, and the change beside it. */
    public static Figure developed(BigDecimal start, BigDecimal end) {
        Figure figure = Figure.share(end, start, NO_START);
        BigDecimal rate = figure.value();
        return rate == null
                ? figure
                : figure.with("rate", rate).with("end", end).with("change", rate.subtract(Exact.HUNDRED));
    }

    public static Figure part(BigDecimal part, BigDecimal start) {
        return Figure.share(part, start, NO_START);
    }

    public static Figure customers(BigDecimal part, BigDecimal start) {
        return Figure.share(part, start, NO_CUSTOMERS);
    }

    /** What came in by what went out. */
    public static Figure quick(BigDecimal gained, BigDecimal lost) {
        Figure figure = lost.signum() == 0
                ? Figure.none("NOTHING_LOST", "Nothing was lost, so there is nothing to divide by.")
                : Figure.of(Exact.divide(gained, lost));
        return figure.from(gained, lost);
    }

    /** Mean of a sum over customers. */
    public static Figure mean(BigDecimal sum, BigDecimal customers) {
        return (customers.signum() == 0
                        ? Figure.none("NO_CUSTOMERS", "There is no paying customer.")
                        : Figure.of(Exact.divide(sum, customers)))
                .from(sum, customers);
    }
}
