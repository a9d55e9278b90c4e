package io.perennial.metrics.formula;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Interval;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.util.List;

/** The Net Promoter Score: promoters (9, 10) less detractors (0 to 6) in percent of all answers. */
public final class Recommendation {

    private static final Reason NO_RESPONSES = new Reason("NO_RESPONSES", "Nobody has answered.");

    private Recommendation() {}

    /** The score of so many answers, with its interval. */
    public static Figure of(long promoters, long passives, long detractors) {
        long n = promoters + passives + detractors;
        if (n == 0) {
            return Figure.none(NO_RESPONSES);
        }
        BigDecimal all = BigDecimal.valueOf(n);
        BigDecimal net = BigDecimal.valueOf(promoters - detractors);
        BigDecimal mean = Exact.divide(net, all);
        BigDecimal variance = Exact.divide(BigDecimal.valueOf(promoters + detractors), all)
                .subtract(mean.multiply(mean, Exact.DIGITS));
        BigDecimal score = Exact.percent(net, all);
        return Figure.of(score)
                .from(net, all)
                .with("nps", score)
                .with("variance", variance)
                .with(
                        "std_err",
                        Exact.divide(variance, all).max(BigDecimal.ZERO).sqrt(Exact.DIGITS))
                .within(adjusted(promoters, detractors, n, 0.95))
                .sampled(n);
    }

    /** Three quarters of a promoter and of a detractor and one and a half passives are added: adjusted Wald. */
    static Interval adjusted(double promoters, double detractors, double n, double level) {
        double size = n + 3;
        double p = (promoters + 0.75) / size;
        double d = (detractors + 0.75) / size;
        return interval(p, d, size, level, "adjusted_wald");
    }

    static Interval interval(double p, double d, double n, double level, String method) {
        double half = Statistics.quantile(level) * Math.sqrt(Math.max(0, p + d - (p - d) * (p - d)) / n);
        return new Interval(
                BigDecimal.valueOf(100 * Math.max(-1, p - d - half)),
                BigDecimal.valueOf(100 * Math.min(1, p - d + half)),
                level,
                method);
    }

    /** Answers by kind. */
    public record Answers(long promoters, long passives, long detractors) {

        long all() {
            return promoters + passives + detractors;
        }

        private double net() {
            return (promoters - detractors) / (double) all();
        }

        private double variance() {
            return (promoters + detractors) / (double) all() - net() * net();
        }
    }

    /** One score less the other, in points, with the normal interval of a difference. */
    public static Figure difference(Answers one, Answers other, Reason empty) {
        BigDecimal all = BigDecimal.valueOf(one.all() + other.all());
        if (one.all() == 0 || other.all() == 0) {
            return Figure.none(empty).from(BigDecimal.valueOf(one.all()), all);
        }
        double difference = 100 * (one.net() - other.net());
        double half = 100
                * Statistics.quantile(0.95)
                * Math.sqrt(one.variance() / one.all() + other.variance() / other.all());
        return Figure.of(BigDecimal.valueOf(difference))
                .from(BigDecimal.valueOf(one.all()), all)
                .with("nps_after_defects", BigDecimal.valueOf(100 * one.net()))
                .with("nps_after_others", BigDecimal.valueOf(100 * other.net()))
                .with("answers_after_defects", BigDecimal.valueOf(one.all()))
                .with("answers_after_others", BigDecimal.valueOf(other.all()))
                .within(new Interval(
                        BigDecimal.valueOf(difference - half), BigDecimal.valueOf(difference + half), 0.95, "normal"))
                .sampled(Math.min(one.all(), other.all()));
    }

    /** @throws io.perennial.metrics.BadInput when one is no whole number from 0 to 10 */
    static Answers answers(Inputs in, String field) {
        long promoters = 0;
        long detractors = 0;
        List<BigDecimal> scores = in.numbers(field);
        for (BigDecimal score : scores) {
            if (score.signum() < 0
                    || score.compareTo(BigDecimal.TEN) > 0
                    || score.stripTrailingZeros().scale() > 0) {
                throw in.wrong(field, "out_of_range", "Answers are whole numbers from 0 to 10.");
            }
            promoters += score.intValue() >= 9 ? 1 : 0;
            detractors += score.intValue() <= 6 ? 1 : 0;
        }
        return new Answers(promoters, scores.size() - promoters - detractors, detractors);
    }

    /** Of two lists of answers. */
    public static Figure difference(Inputs in, String one, String other, Reason empty) {
        return difference(answers(in, one), answers(in, other), empty);
    }
}
