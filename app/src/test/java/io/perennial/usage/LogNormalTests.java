package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.usage.Durations.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogNormalTests {

    private static final double HALF = 0.5;

    private final Random random = new Random(11);

    @Test
    void whereEverybodyFinishedItIsMeanAndDeviationOfTheLogarithms() {
        for (int round = 0; round < 100; round++) {
            List<Observed> all = some(5 + random.nextInt(40), Double.MAX_VALUE);
            double mean = all.stream()
                    .mapToDouble(one -> Math.log(one.seconds()))
                    .average()
                    .orElseThrow();
            double variance = all.stream()
                    .mapToDouble(one -> Math.pow(Math.log(one.seconds()) - mean, 2))
                    .average()
                    .orElseThrow();

            LogNormal fitted = LogNormal.fit(all, null);

            assertThat(fitted.mean()).isCloseTo(mean, within(1e-8));
            assertThat(fitted.deviation()).isCloseTo(Math.max(0.05, Math.sqrt(variance)), within(1e-6));
        }
    }

    @Test
    void whoIsStillAtItDoesNotMakeTheCurveWrong() {
        List<Observed> cut = some(20_000, Math.exp(11.5));

        LogNormal fitted = LogNormal.fit(cut, null);

        assertThat(cut).filteredOn(one -> !one.finished()).hasSizeGreaterThan(5_000);
        assertThat(fitted.mean()).isCloseTo(11, within(0.03));
        assertThat(fitted.deviation()).isCloseTo(1.2, within(0.03));
    }

    @Test
    void nothingIsLikelierThanWhatWasFitted() {
        for (int round = 0; round < 30; round++) {
            List<Observed> all = some(10 + random.nextInt(20), Math.exp(12));
            if (all.stream().filter(Observed::finished).count() < LogNormal.LEAST) {
                continue;
            }
            LogNormal fitted = LogNormal.fit(all, null);
            double best = likelihood(all, fitted);
            for (double step : new double[] {-0.05, 0.05}) {
                assertThat(likelihood(all, new LogNormal(fitted.mean() + step, fitted.deviation())))
                        .isLessThan(best);
                assertThat(likelihood(all, new LogNormal(fitted.mean(), fitted.deviation() + step)))
                        .isLessThan(best);
            }
        }
    }

    @Test
    void aSegmentIsDrawnToEverybodyAndTheLessTheMoreOfItsOwnHaveFinished() {
        LogNormal common = new LogNormal(11, 1);
        double before = common.mean();
        for (int finished : new int[] {0, 1, 5, 20, 200, 20_000}) {
            LogNormal fitted = LogNormal.fit(slow(finished), common);
            assertThat(fitted.mean()).isBetween(before, 14.0);
            before = fitted.mean();
        }
        assertThat(LogNormal.fit(List.of(), common)).isEqualTo(common);
        assertThat(before).isCloseTo(14, within(0.01));
        assertThat(LogNormal.fit(slow((int) LogNormal.PULL), common).mean())
                .as("as many of its own as the pull: half way")
                .isCloseTo(12.5, within(1e-6));
    }

    @Test
    void quantilesAndTheOpenShareAreEachOthersInverse() {
        for (int round = 0; round < 200; round++) {
            LogNormal curve = new LogNormal(8 + 6 * random.nextDouble(), 0.2 + random.nextDouble());
            long before = 0;
            for (int percent = 1; percent < 100; percent++) {
                long seconds = curve.quantile(percent / 100.0).orElseThrow();
                assertThat(seconds).isGreaterThanOrEqualTo(before);
                assertThat(1 - curve.open(seconds)).isCloseTo(percent / 100.0, within(0.002));
                before = seconds;
            }
            assertThat(curve.quantile(HALF).orElseThrow()).isEqualTo(Math.round(Math.exp(curve.mean())));
        }
    }

    @Test
    void aForecastIsAShareThatGrowsWithTheTimeLeft() {
        for (int round = 0; round < 500; round++) {
            LogNormal curve = new LogNormal(8 + 6 * random.nextDouble(), 0.2 + random.nextDouble());
            long age = random.nextLong(2_000_000);
            double before = 0;
            for (long more = 0; more < 5_000_000; more += 500_000) {
                if (curve.chance(age, more).isEmpty()) {
                    continue;
                }
                double chance = curve.chance(age, more).orElseThrow();
                assertThat(chance).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(before - 1e-12);
                before = chance;
            }
        }
    }

    @Test
    void theNormalDistributionIsThatOfTheTables() {
        assertThat(Normal.above(0)).isEqualTo(0.5);
        assertThat(Normal.above(1.959963984540054)).isCloseTo(0.025, within(1e-15));
        assertThat(Normal.above(3)).isCloseTo(1.3498980316300946e-3, within(1e-15));
        assertThat(Normal.above(6)).isCloseTo(9.865876450376946e-10, within(1e-23));
        assertThat(Normal.above(-1)).isCloseTo(0.8413447460685429, within(1e-15));
        assertThat(Normal.quantile(0.95)).isCloseTo(1.6448536269514722, within(1e-12));
        assertThat(Normal.quantile(0.05)).isCloseTo(-1.6448536269514722, within(1e-12));
        for (double z = -4; z < 9; z += 0.125) {
            assertThat(Normal.hazard(z)).isCloseTo(Normal.density(z) / Normal.above(z), within(1e-9));
        }
    }

    /** @param cut later ones are still at it */
    private List<Observed> some(int count, double cut) {
        List<Observed> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long seconds = Math.max(1, Math.round(Math.exp(11 + 1.2 * random.nextGaussian())));
            all.add(seconds > cut ? new Observed(Math.round(cut), false, 1) : new Observed(seconds, true, 1));
        }
        return all;
    }

    private static List<Observed> slow(int count) {
        return count == 0 ? List.of() : List.of(new Observed(Math.round(Math.exp(14)), true, count));
    }

    private static double likelihood(List<Observed> all, LogNormal curve) {
        return all.stream()
                .mapToDouble(one -> {
                    double z = (Math.log(one.seconds()) - curve.mean()) / curve.deviation();
                    return one.finished() ? Math.log(Normal.density(z) / curve.deviation()) : Math.log(Normal.above(z));
                })
                .sum();
    }
}
