package io.perennial.metrics.sales;

import static io.perennial.metrics.Input.count;

import io.perennial.metrics.Area;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Shares;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Declares what becomes of signals of growth and of opportunities. */
@Component
class GrowthMetrics implements MetricSource {

    private static final Reason NO_DECISION =
            new Reason("NO_DECISIONS", "Nobody decided on a signal of growth in the period.");
    private static final Reason NO_CLOSED =
            new Reason("NO_CLOSED_OPPORTUNITIES", "No opportunity was won or lost in the period.");

    private final SalesReadings sales;

    GrowthMetrics(SalesReadings sales) {
        this.sales = sales;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(accepted(), won());
    }

    /** A rule whose signals are always dismissed is a bad rule. */
    private Metric accepted() {
        return Metric.of("expansion_acceptance_rate", "Signals of growth accepted", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How often is a signal of growth worth following?")
                .formula("Signals accepted as an opportunity ÷ signals decided in the period.")
                .counts("Accepted", "Accepted or dismissed")
                .leavesOut("Signals that closed by themselves before anybody decided.")
                .from("growth")
                .form(
                        Shares.of("accepted", "decided", "NO_DECISIONS", "Nobody decided on a signal."),
                        count("accepted", "Signals that became an opportunity.", "12"),
                        count("decided", "Signals accepted or dismissed.", "20"))
                .reads(new SalesMetric(
                        sales, Map.of("standard", SalesSpec.of(SalesSource.DECIDED_SIGNALS, NO_DECISION))))
                .done();
    }

    private Metric won() {
        return Metric.of("opportunity_win_rate", "Opportunities won", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How many opportunities at customers are won?")
                .formula("Opportunities won ÷ opportunities won or lost, by the day on which they closed.")
                .counts("Won", "Won or lost")
                .leavesOut("Open opportunities.")
                .from("growth")
                .definition("standard", "All", "However they began.")
                .form(
                        Shares.of("won", "closed", "NO_CLOSED_OPPORTUNITIES", "No opportunity was won or lost."),
                        count("won", "Opportunities won.", "9"),
                        count("closed", "Opportunities won or lost.", "24"))
                .definition("value", "All, by money", "A year's money of what was won, of what was won or lost.")
                .definition("from_signals", "From signals", "Those that began with a signal of growth.")
                .reads(new SalesMetric(
                        sales,
                        Map.of(
                                "standard",
                                SalesSpec.of(SalesSource.CLOSED_OPPORTUNITIES, NO_CLOSED),
                                "value",
                                SalesSpec.of(SalesSource.CLOSED_OPPORTUNITIES, NO_CLOSED)
                                        .byValue(),
                                "from_signals",
                                SalesSpec.of(SalesSource.CLOSED_FROM_SIGNALS, NO_CLOSED))))
                .done();
    }
}
