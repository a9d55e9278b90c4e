package io.perennial.health.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Against figures worked out by hand. */
class FiguresTests {

    private static final boolean[] LEFT = {true, true, false, true, false, false};
    private static final double[] RISK = {0.9, 0.8, 0.7, 0.6, 0.2, 0.1};

    @Nested
    class Ranking {

        @Test
        void countsThePairsInTheRightOrder() {
            // 3 x 3 pairs, of which only (.6 left, .7 stayed) is wrong.
            assertThat(Auc.of(RISK, LEFT).value()).isEqualTo(8 / 9.0, within(1e-12));
        }

        @Test
        void tiesCountHalf() {
            assertThat(Auc.of(new double[] {1, 1, 1, 1}, new boolean[] {true, false, true, false})
                            .value())
                    .isEqualTo(0.5);
        }

        /** Placements of the leavers 1, 1, 2/3 (variance 1/27) and of the stayers 2/3, 1, 1 (the same). */
        @Test
        void theErrorIsDelongs() {
            assertThat(Auc.of(RISK, LEFT).error()).isEqualTo(Math.sqrt(2 * (1 / 27.0) / 3), within(1e-12));
        }

        @Test
        void theIntervalHoldsTheTruthAboutNineteenTimesInTwenty() {
            Random luck = new Random(1);
            int held = 0;
            for (int run = 0; run < 400; run++) {
                double[] risk = new double[150];
                boolean[] left = new boolean[150];
                for (int i = 0; i < risk.length; i++) {
                    left[i] = i % 3 == 0;
                    risk[i] = luck.nextGaussian() + (left[i] ? 1 : 0);
                }
                Auc auc = Auc.of(risk, left);
                // Two normals one standard deviation apart: Phi(1 / sqrt 2).
                held += auc.low() <= 0.7602 && 0.7602 <= auc.high() ? 1 : 0;
            }

            assertThat(held / 400.0).isBetween(0.91, 0.98);
        }

        @Test
        void withoutLossesThereIsNoFigure() {
            assertThat(Auc.of(new double[] {1, 2}, new boolean[2]).value()).isNaN();
        }
    }

    @Nested
    class Chances {

        @Test
        void brierIsTheMeanSquareOfWhatWasWrong() {
            double[] chance = {1, 0.5, 0};
            boolean[] happened = {true, false, true};

            assertThat(Prediction.brier(chance, happened)).isEqualTo((0 + 0.25 + 1) / 3, within(1e-12));
        }

        @Test
        void theBaseRateAloneHasNoSkill() {
            double[] rate = {0.5, 0.5, 0.5, 0.5};

            assertThat(Prediction.brierSkill(rate, new boolean[] {true, false, true, false}))
                    .isZero();
        }

        @Test
        void theLiftOfTheRiskiestTenth() {
            double[] risk = new double[20];
            boolean[] happened = new boolean[20];
            for (int i = 0; i < 20; i++) {
                risk[i] = i;
                happened[i] = i == 19 || i == 3 || i == 4 || i == 5;
            }

            // 1 of 2 in the riskiest tenth against 4 of 20.
            assertThat(Prediction.topDecileLift(risk, happened)).isEqualTo(2.5, within(1e-12));
        }

        @Test
        void calibrationErrorIsTheMeanDistanceOfTheBins() {
            double[] chance = {0.1, 0.1, 0.8, 0.8};
            Reliability reliability = Reliability.of(chance, new boolean[] {false, false, true, false}, 2);

            assertThat(reliability.ece()).isEqualTo((0.1 + 0.3) / 2, within(1e-12));
            assertThat(reliability.bins()).extracting(Reliability.Bin::observed).containsExactly(0.0, 0.5);
        }
    }

    @Nested
    class Regression {

        @Test
        void findsTheWeightsThatMadeTheData() {
            Random luck = new Random(2);
            double[][] rows = new double[20_000][2];
            boolean[] happened = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i][0] = luck.nextGaussian();
                rows[i][1] = luck.nextGaussian();
                double z = 1.5 * rows[i][0] - 0.7 * rows[i][1] - 0.4;
                happened[i] = luck.nextDouble() < 1 / (1 + Math.exp(-z));
            }
            RidgeLogistic.Fit free = RidgeLogistic.fit(
                    rows, happened, List.of(RidgeLogistic.Column.free(0), RidgeLogistic.Column.free(0)));
            RidgeLogistic.Column signed = new RidgeLogistic.Column(0, 0, true);
            RidgeLogistic.Fit bound = RidgeLogistic.fit(rows, happened, List.of(signed, signed));

            assertThat(free.weight(0)).isEqualTo(1.5, within(0.06));
            assertThat(free.weight(1)).isEqualTo(-0.7, within(0.06));
            assertThat(free.intercept()).isEqualTo(-0.4, within(0.06));
            assertThat(bound.weight(0)).isGreaterThan(1);
            assertThat(bound.weight(1)).isZero();
        }

        @Test
        void withoutEvidenceTheWeightStaysWhereItIsDrawnTo() {
            double[][] rows = {{1}, {1}, {0}, {0}};
            boolean[] happened = {true, false, true, false};
            RidgeLogistic.Fit fit =
                    RidgeLogistic.fit(rows, happened, List.of(new RidgeLogistic.Column(0.8, 1_000, false)));

            assertThat(fit.weight(0)).isEqualTo(0.8, within(0.01));
        }

        @Test
        void separatedOutcomesDoNotRunAway() {
            double[][] rows = {{-1}, {-2}, {1}, {2}};
            RidgeLogistic.Fit fit = RidgeLogistic.fit(
                    rows, new boolean[] {false, false, true, true}, List.of(RidgeLogistic.Column.free(1)));

            assertThat(fit.weight(0)).isBetween(0.5, 2.0);
        }
    }
}
