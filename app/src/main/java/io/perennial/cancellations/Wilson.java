package io.perennial.cancellations;

import io.perennial.metrics.Interval;
import java.math.BigDecimal;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/** Wilson's interval of a share at 95 %. */
final class Wilson {

    private static final double LEVEL = 0.95;
    private static final int PERCENT = 100;

    private Wilson() {}

    /** In percent; {@code trials} is above zero. */
    static Interval percent(long hits, long trials) {
        ConfidenceInterval range = new WilsonScoreInterval().createInterval((int) trials, (int) hits, LEVEL);
        return new Interval(
                BigDecimal.valueOf(PERCENT * Math.max(0, range.getLowerBound())),
                BigDecimal.valueOf(PERCENT * Math.min(1, range.getUpperBound())),
                LEVEL,
                "wilson");
    }
}
