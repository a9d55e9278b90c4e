package io.perennial.health.calibration;

import java.util.List;

/**
 * Logistic regression in which every weight is drawn to a value of its own and may be kept from going below 0:
 *
 * <pre>minimise   sum of log loss + 1/2 sum strength_j (weight_j - toward_j)^2     weight_j >= 0 where so asked</pre>
 *
 * Newton steps, each solved by cyclic coordinate descent inside the bounds; a step that would not improve is halved.
 * Deterministic; exact to about 1e-8 for a few thousand rows and up to some hundred columns.
 */
public final class RidgeLogistic {

    private static final int MOST_STEPS = 60;
    private static final int MOST_SWEEPS = 400;
    private static final double CLOSE = 1e-9;

    private final double[][] rows;
    private final boolean[] happened;
    private final List<Column> columns;

    private RidgeLogistic(double[][] rows, boolean[] happened, List<Column> columns) {
        this.rows = rows;
        this.happened = happened;
        this.columns = columns;
    }

    /**
     * @param strength of the pull; 0 lets the data alone decide, which needs data
     * @param neverNegative keeps the weight at 0 or above
     */
    public record Column(double toward, double strength, boolean neverNegative) {

        public static Column free(double strength) {
            return new Column(0, strength, false);
        }
    }

    /** @param columns what is wanted of each weight, in the order of the features */
    public static Fit fit(double[][] rows, boolean[] happened, List<Column> columns) {
        return new RidgeLogistic(rows, happened, columns).fit();
    }

    private Fit fit() {
        int p = columns.size();
        double[] weights = new double[p + 1];
        for (int j = 0; j < p; j++) {
            weights[j] =
                    Math.max(columns.get(j).toward(), columns.get(j).neverNegative() ? 0 : Double.NEGATIVE_INFINITY);
        }
        double rate = Math.clamp(Prediction.rate(happened), 0.001, 0.999);
        weights[p] = Math.log(rate / (1 - rate));
        double loss = loss(weights);
        for (int n = 0; n < MOST_STEPS; n++) {
            double[] step = newtonStep(weights);
            double size = 1;
            double[] next = moved(weights, step, size);
            double nextLoss = loss(next);
            while (nextLoss > loss && size > 1e-6) {
                size /= 2;
                next = moved(weights, step, size);
                nextLoss = loss(next);
            }
            double gained = loss - nextLoss;
            if (gained <= 0) {
                break;
            }
            weights = next;
            loss = nextLoss;
            if (gained < CLOSE * (1 + Math.abs(loss))) {
                break;
            }
        }
        return new Fit(weights);
    }

    private static double[] moved(double[] weights, double[] step, double size) {
        double[] next = weights.clone();
        for (int j = 0; j < next.length; j++) {
            next[j] += size * step[j];
        }
        return next;
    }

    private double loss(double[] weights) {
        double loss = 0;
        for (int i = 0; i < rows.length; i++) {
            double z = Fit.sum(weights, rows[i]);
            double away = happened[i] ? -z : z;
            loss += away > 30 ? away : Math.log1p(Math.exp(away));
        }
        for (int j = 0; j < columns.size(); j++) {
            double off = weights[j] - columns.get(j).toward();
            loss += columns.get(j).strength() / 2 * off * off;
        }
        return loss;
    }

    private double[] newtonStep(double[] weights) {
        int size = weights.length;
        double[] gradient = new double[size];
        double[][] curvature = new double[size][size];
        int[] filled = new int[size];
        for (int i = 0; i < rows.length; i++) {
            double chance = Fit.sigmoid(Fit.sum(weights, rows[i]));
            double off = chance - (happened[i] ? 1 : 0);
            double bend = Math.max(1e-6, chance * (1 - chance));
            int n = 0;
            for (int j = 0; j < size; j++) {
                if (value(rows[i], j) != 0) {
                    filled[n++] = j;
                }
            }
            for (int a = 0; a < n; a++) {
                double left = value(rows[i], filled[a]);
                gradient[filled[a]] += off * left;
                for (int b = 0; b <= a; b++) {
                    curvature[filled[a]][filled[b]] += bend * left * value(rows[i], filled[b]);
                }
            }
        }
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                curvature[b][a] = curvature[a][b];
            }
            if (a < size - 1) {
                gradient[a] +=
                        columns.get(a).strength() * (weights[a] - columns.get(a).toward());
                curvature[a][a] += columns.get(a).strength();
            }
            curvature[a][a] += 1e-9;
        }
        return descend(weights, gradient, curvature);
    }

    /** Minimises g s + s H s / 2 over steps s that keep the bounds. */
    private double[] descend(double[] weights, double[] gradient, double[][] curvature) {
        int size = weights.length;
        double[] step = new double[size];
        double[] slope = gradient.clone();
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double most = 0;
            for (int j = 0; j < size; j++) {
                double wanted = step[j] - slope[j] / curvature[j][j];
                if (j < size - 1 && columns.get(j).neverNegative()) {
                    wanted = Math.max(wanted, -weights[j]);
                }
                double moved = wanted - step[j];
                if (moved != 0) {
                    step[j] = wanted;
                    for (int k = 0; k < size; k++) {
                        slope[k] += curvature[k][j] * moved;
                    }
                    most = Math.max(most, Math.abs(moved));
                }
            }
            if (most < CLOSE) {
                break;
            }
        }
        return step;
    }

    /** The last column is the intercept. */
    private static double value(double[] row, int j) {
        return j == row.length ? 1 : row[j];
    }

    /** Weights in the order of the features, and an intercept nothing pulls at. */
    public static final class Fit {

        private final double[] weights;

        private Fit(double[] weights) {
            this.weights = weights;
        }

        public double weight(int column) {
            return weights[column];
        }

        public double intercept() {
            return weights[weights.length - 1];
        }

        public double chance(double[] row) {
            return sigmoid(sum(weights, row));
        }

        private static double sum(double[] weights, double[] row) {
            double z = weights[row.length];
            for (int j = 0; j < row.length; j++) {
                z += weights[j] * row[j];
            }
            return z;
        }

        static double sigmoid(double z) {
            return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
        }
    }
}
