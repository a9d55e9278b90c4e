package io.perennial.metrics.service;

import io.perennial.metrics.Figure;
import io.perennial.metrics.formula.Statistics;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was counted for one figure.
 *
 * @param leftOut in the order of the spec's reasons
 * @param percentiles as in {@link #PERCENTILES}; null where there is no spread
 */
record Tally(long n, long hits, long[] leftOut, double @Nullable [] percentiles, double mean) {

    static final double[] PERCENTILES = {25, 50, 75, 90, 95};

    private static final int MEDIAN = 1;

    Figure figure(Spec spec) {
        Figure figure = switch (spec.kind()) {
            case COUNT -> Figure.of(BigDecimal.valueOf(n));
            case SHARE -> share(spec);
            case MEDIAN, MEAN -> n == 0 || percentiles == null ? Figure.none(spec.empty()) : middle(spec, percentiles);
        };
        if (spec.kind() == Spec.Kind.COUNT && percentiles != null && n > 0) {
            figure = spread(figure, percentiles);
        }
        if (spec.kind() != Spec.Kind.COUNT) {
            figure = figure.sampled(n);
        }
        int i = 0;
        for (String why : spec.leftOut().keySet()) {
            figure = figure.leavingOut(why, leftOut[i++]);
        }
        return figure;
    }

    private Figure share(Spec spec) {
        Figure figure = Figure.share(BigDecimal.valueOf(hits), BigDecimal.valueOf(n), spec.empty());
        return spec.opinions() && n > 0 ? figure.within(Statistics.percent(hits, n)) : figure;
    }

    private Figure middle(Spec spec, double[] percentiles) {
        BigDecimal value = BigDecimal.valueOf(spec.kind() == Spec.Kind.MEAN ? mean : percentiles[MEDIAN]);
        return spread(Figure.of(value).from(null, BigDecimal.valueOf(n)), percentiles);
    }

    private Figure spread(Figure figure, double[] percentiles) {
        Figure with = figure;
        for (int p = 0; p < PERCENTILES.length; p++) {
            with = with.with("p" + (int) PERCENTILES[p], BigDecimal.valueOf(percentiles[p]));
        }
        return with.with("mean", BigDecimal.valueOf(mean));
    }
}
