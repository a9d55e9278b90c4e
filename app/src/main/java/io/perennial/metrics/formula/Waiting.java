package io.perennial.metrics.formula;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Interval;
import io.perennial.shared.MedianWait;
import io.perennial.shared.Wait;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** How long it takes until something happens: over all, by {@link MedianWait}, or over those who got there. */
public final class Waiting {

    private Waiting() {}

    static Figure compute(Inputs in) {
        List<Wait> waits = in.rows("time_status", "time", "status").stream()
                .map(row -> new Wait(row.amount("time").doubleValue(), row.count("status") == 1))
                .toList();
        return in.text("method", "kaplan_meier").equals("achievers") ? achievers(waits) : median(waits);
    }

    /** Over all, those included who still wait. */
    public static Figure median(List<Wait> waits) {
        long reached = waits.stream().filter(Wait::reached).count();
        MedianWait wait = MedianWait.of(waits);
        Double median = wait.days();
        Figure figure = waits.isEmpty()
                ? Figure.none("NO_STARTS", "Nobody has started in the period.")
                : median == null
                        ? Figure.none(
                                "NOT_REACHED", "Fewer than half have got there so far, so there is no median yet.")
                        : Figure.of(BigDecimal.valueOf(median));
        figure = figure.from(BigDecimal.valueOf(reached), BigDecimal.valueOf(waits.size()))
                .with("still_waiting", BigDecimal.valueOf(waits.size() - reached))
                .sampled(waits.size());
        Double lower = wait.low();
        Double upper = wait.high();
        return median == null || lower == null || upper == null
                ? figure
                : figure.within(new Interval(
                        BigDecimal.valueOf(lower), BigDecimal.valueOf(upper), MedianWait.LEVEL, "kaplan_meier_log"));
    }

    /** Over those who got there only: too short, as long as others still wait. */
    public static Figure achievers(List<Wait> waits) {
        double[] times = waits.stream()
                .filter(Wait::reached)
                .mapToDouble(Wait::days)
                .sorted()
                .toArray();
        Figure figure = times.length == 0
                ? Figure.none("NOT_REACHED", "Nobody has got there so far.")
                : Figure.of(BigDecimal.valueOf((times[(times.length - 1) / 2] + times[times.length / 2]) / 2))
                        .with(
                                "mean_days",
                                BigDecimal.valueOf(Arrays.stream(times).sum() / times.length));
        return figure.from(BigDecimal.valueOf(times.length), BigDecimal.valueOf(waits.size()))
                .sampled(times.length);
    }
}
