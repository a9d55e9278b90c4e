package io.perennial.metrics.formula;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Interval;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes until something happens, by Kaplan and Meier: who still waits counts as long as they have waited, and is not
 * dropped. The interval of the median is where the log-type bands of the curve cross one half, as R's survival package has it.
 */
public final class Waiting {

    private static final double LEVEL = 0.95;
    /** Products of shares of people are not exact. */
    private static final double HALF = 0.5 + 1e-9;

    private Waiting() {}

    /**
     * @param time in days
     * @param reached false while it is still waited for
     */
    public record Wait(double time, boolean reached) {}

    static Figure compute(Inputs in) {
        List<Wait> waits = in.rows("time_status", "time", "status").stream()
                .map(row -> new Wait(row.amount("time").doubleValue(), row.count("status") == 1))
                .toList();
        return in.text("method", "kaplan_meier").equals("achievers") ? achievers(waits) : median(waits);
    }

    /** Over all, those included who still wait. */
    public static Figure median(List<Wait> waits) {
        long reached = waits.stream().filter(Wait::reached).count();
        Curve curve = new Curve(waits);
        Double median = curve.median;
        Figure figure = waits.isEmpty()
                ? Figure.none("NO_STARTS", "Nobody has started in the period.")
                : median == null
                        ? Figure.none(
                                "NOT_REACHED", "Fewer than half have got there so far, so there is no median yet.")
                        : Figure.of(BigDecimal.valueOf(median));
        figure = figure.from(BigDecimal.valueOf(reached), BigDecimal.valueOf(waits.size()))
                .with("still_waiting", BigDecimal.valueOf(waits.size() - reached))
                .sampled(waits.size());
        Double lower = curve.lower;
        Double upper = curve.upper;
        return median == null || lower == null || upper == null
                ? figure
                : figure.within(
                        new Interval(BigDecimal.valueOf(lower), BigDecimal.valueOf(upper), LEVEL, "kaplan_meier_log"));
    }

    /** Over those who got there only: too short, as long as others still wait. */
    public static Figure achievers(List<Wait> waits) {
        double[] times = waits.stream()
                .filter(Wait::reached)
                .mapToDouble(Wait::time)
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

    /** Where the curve and its bands reach one half; null where they do not. */
    private static final class Curve {

        private @Nullable Double median;
        private @Nullable Double lower;
        private @Nullable Double upper;

        Curve(List<Wait> waits) {
            List<Wait> sorted = waits.stream()
                    .sorted(Comparator.comparingDouble(Wait::time))
                    .toList();
            double z = Statistics.quantile(LEVEL);
            double left = 1;
            double greenwood = 0;
            int i = 0;
            while (i < sorted.size()) {
                double moment = sorted.get(i).time();
                long risk = sorted.size() - (long) i;
                long reached = 0;
                while (i < sorted.size() && sorted.get(i).time() == moment) {
                    reached += sorted.get(i).reached() ? 1 : 0;
                    i++;
                }
                if (reached > 0) {
                    left *= 1 - (double) reached / risk;
                    greenwood += (double) reached / ((double) risk * (risk - reached));
                    take(moment, left, Math.exp(z * Math.sqrt(greenwood)));
                }
            }
        }

        private void take(double moment, double left, double reach) {
            if (median == null && left <= HALF) {
                median = moment;
            }
            // Where nobody is left, the bands are undefined and the curve itself is taken.
            if (lower == null && (left == 0 || left / reach <= HALF)) {
                lower = moment;
            }
            if (upper == null && left > 0 && left * reach <= HALF) {
                upper = moment;
            }
        }
    }
}
