package io.perennial.metrics.formula;

import io.perennial.metrics.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How many are left after so long, when not all were seen to the end: the product of (1 − lost ÷ at risk) over all moments at which somebody
 * was lost. Who is still here counts as long as is known; who was first seen later counts from then on.
 */
public final class KaplanMeier {

    private static final double LEVEL = 0.95;

    private final List<Point> points;

    private KaplanMeier(List<Point> points) {
        this.points = points;
    }

    /**
     * A moment of time.
     *
     * @param atRisk were here right before it and are known to have been; who is seen last at this moment is one of them
     * @param lost of these, at this moment
     */
    public record Step(double time, long atRisk, long lost) {}

    /**
     * How it stands from a moment on.
     *
     * @param left share that is left, from 0 to 1
     * @param greenwood the sum of lost ÷ (at risk × left at risk), of which the standard error is made; infinite when nobody is left
     * @param lost all until then
     */
    public record Point(Step step, double left, double greenwood, long lost) {

        public double error() {
            return left * Math.sqrt(greenwood);
        }

        /** On the scale of logarithms, as R does by default; null when nobody is left. */
        public @Nullable Interval interval() {
            if (left == 0) {
                return null;
            }
            double reach = Math.exp(Statistics.quantile(LEVEL) * Math.sqrt(greenwood));
            return new Interval(
                    BigDecimal.valueOf(left / reach), BigDecimal.valueOf(Math.min(1, left * reach)), LEVEL, "log");
        }
    }

    /** @param steps the earliest first, each moment once */
    public static KaplanMeier of(List<Step> steps) {
        List<Point> points = new ArrayList<>(steps.size());
        double left = 1;
        double greenwood = 0;
        long lost = 0;
        for (Step step : steps) {
            if (step.lost() > 0) {
                left *= 1 - (double) step.lost() / step.atRisk();
                greenwood += (double) step.lost() / ((double) step.atRisk() * (step.atRisk() - step.lost()));
                lost += step.lost();
            }
            points.add(new Point(step, left, greenwood, lost));
        }
        return new KaplanMeier(points);
    }

    /** The last moment up to a time; when there is none, everybody is here. */
    public Point upTo(double time) {
        Point found = new Point(
                new Step(0, points.isEmpty() ? 0 : points.getFirst().step().atRisk(), 0), 1, 0, 0);
        for (Point point : points) {
            if (point.step().time() > time) {
                return found;
            }
            found = point;
        }
        return found;
    }

    /** How it stands after so long; null when nobody was seen for so long and some are left. */
    public @Nullable Point at(double time) {
        Point point = upTo(time);
        return time <= last() || point.left() == 0 ? point : null;
    }

    /** How many are known to have been here right before that time. */
    public long atRisk(double time) {
        return points.stream()
                .filter(point -> point.step().time() >= time)
                .findFirst()
                .map(point -> point.step().atRisk())
                .orElse(0L);
    }

    /** The longest that anybody was seen; zero without anybody. */
    public double last() {
        return points.isEmpty() ? 0 : points.getLast().step().time();
    }

    public long lost() {
        return points.isEmpty() ? 0 : points.getLast().lost();
    }

    /** When half or less are left for the first time; empty when that never was. */
    public OptionalDouble median() {
        return points.stream()
                .filter(point -> point.left() <= 0.5)
                .mapToDouble(point -> point.step().time())
                .findFirst();
    }

    /** The mean time that was stayed within a horizon, which is the area under the steps. */
    public double mean(double horizon) {
        double area = 0;
        double since = 0;
        double left = 1;
        for (Point point : points) {
            double until = Math.min(point.step().time(), horizon);
            area += left * Math.max(0, until - since);
            since = Math.max(since, until);
            left = point.left();
        }
        return area + left * Math.max(0, Math.min(horizon, last()) - since);
    }
}
