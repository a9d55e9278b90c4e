package io.perennial.health.acceptance;

import io.perennial.health.calibration.RidgeLogistic;
import io.perennial.health.calibration.Standing;
import io.perennial.health.model.Part;
import io.perennial.health.simulator.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who never had any data about use, and learned from outcomes what to make of the rest: what can be known of
 * customers whose use is deleted. Nobody can ask more of a score than that.
 */
final class LeftReader {

    private static final double RIDGE = 3;

    private final Watched watched;
    private final RidgeLogistic.Fit fit;

    LeftReader(Watched watched) {
        this.watched = watched;
        double[][] rows = watched.past.stream().map(this::row).toArray(double[][]::new);
        List<RidgeLogistic.Column> columns = new ArrayList<>();
        for (int j = 0; j < rows[0].length; j++) {
            columns.add(RidgeLogistic.Column.free(RIDGE));
        }
        fit = RidgeLogistic.fit(rows, Snapshot.outcomes(watched.past), columns);
    }

    double loss(Snapshot snapshot) {
        return fit.chance(row(snapshot));
    }

    private double[] row(Snapshot snapshot) {
        List<Double> row = new ArrayList<>();
        for (Part part : watched.score(snapshot).parts()) {
            if (!Sight.USE.contains(part.measure()) && !part.state().equals(Part.NOT_CONNECTED)) {
                row.add(part.counted() / 100 - 0.5);
                row.add(part.confidence() > 0 ? 0.0 : 1.0);
            }
        }
        Standing standing = watched.stood(watched.score(snapshot), snapshot);
        row.add(standing.segment().equals("MID") ? 1.0 : 0.0);
        row.add(standing.segment().equals("ENTERPRISE") ? 1.0 : 0.0);
        row.add(Math.log(standing.decisions()));
        row.add(Math.log(snapshot.week() - snapshot.customer().beginWeek() + 5.0));
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
