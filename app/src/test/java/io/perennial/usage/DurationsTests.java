package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.usage.Durations.Observed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationsTests {

    private final Random random = new Random(7);

    @Test
    void whereEverybodyFinishedQuantilesAreThoseOfTheSortedDays() {
        for (int round = 0; round < 500; round++) {
            long[] days = random.longs(1 + random.nextInt(60), 0, 30).sorted().toArray();
            Durations durations = Durations.of(Arrays.stream(days)
                    .mapToObj(day -> new Observed(day, true, 1))
                    .toList());
            for (double share : new double[] {0.05, 0.5, 0.8, 0.95}) {
                long expected = days[Math.max(0, (int) Math.ceil(share * days.length - 1e-9) - 1)];
                assertThat(durations.quantile(share)).hasValue(expected);
            }
        }
    }

    @Test
    void theCurveIsTheProductOfWhatItsDefinitionSays() {
        for (int round = 0; round < 500; round++) {
            List<Observed> all = some();
            Durations durations = Durations.of(all);
            for (double share : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
                OptionalLong expected = OptionalLong.empty();
                for (int day = 0; day <= 40 && expected.isEmpty(); day++) {
                    expected = 1 - open(all, day) >= share - 1e-9 ? OptionalLong.of(day) : expected;
                }
                assertThat(durations.quantile(share)).as("%s of %s", share, all).isEqualTo(expected);
            }
        }
    }

    @Test
    void largerSharesNeedAtLeastAsLong() {
        for (int round = 0; round < 500; round++) {
            Durations durations = Durations.of(some());
            long before = 0;
            for (int share = 1; share <= 99; share++) {
                OptionalLong days = durations.quantile(share / 100.0);
                assertThat(days.orElse(Long.MAX_VALUE)).isGreaterThanOrEqualTo(before);
                before = days.orElse(Long.MAX_VALUE);
            }
        }
    }

    @Test
    void whoIsStillAtItMakesTheUsualTimeLongerNeverShorter() {
        for (int round = 0; round < 500; round++) {
            List<Observed> all = some();
            List<Observed> more = new ArrayList<>(all);
            more.add(new Observed(40, false, 1));
            assertThat(Durations.of(more).quantile(0.5).orElse(Long.MAX_VALUE))
                    .isGreaterThanOrEqualTo(Durations.of(all).quantile(0.5).orElse(Long.MAX_VALUE));
        }
    }

    @Test
    void nobodyFinishedIsNotKnown() {
        Durations durations = Durations.of(List.of(new Observed(3, false, 1), new Observed(9, false, 2)));

        assertThat(durations.quantile(0.05)).isEmpty();
        assertThat(durations.enough()).isFalse();
    }

    @Test
    void theShareStillOpenIsThatOfTheDefinitionAtEveryMoment() {
        for (int round = 0; round < 300; round++) {
            List<Observed> all = some();
            Durations durations = Durations.of(all);
            for (int day = 0; day <= 40; day++) {
                assertThat(durations.open(day)).isCloseTo(open(all, day), within(1e-12));
            }
        }
    }

    @Test
    void theForecastIsTheShareOfThoseOpenThatLongWhoFinishInTime() {
        for (int round = 0; round < 300; round++) {
            List<Observed> all = some();
            Durations durations = Durations.of(all);
            for (int age = 0; age < 35; age++) {
                double left = open(all, age);
                OptionalDouble chance = durations.chance(age, 14);
                if (left < 1e-9) {
                    assertThat(chance).as("nobody was ever open that long").isEmpty();
                } else {
                    assertThat(chance.orElseThrow())
                            .isCloseTo(1 - open(all, age + 14) / left, within(1e-9))
                            .isBetween(0.0, 1.0)
                            .isLessThanOrEqualTo(durations.chance(age, 15).orElseThrow());
                }
            }
        }
    }

    private List<Observed> some() {
        List<Observed> all = new ArrayList<>();
        for (int i = 1 + random.nextInt(40); i > 0; i--) {
            all.add(new Observed(random.nextInt(30), random.nextInt(3) > 0, 1 + random.nextInt(2)));
        }
        return all;
    }

    private static double open(List<Observed> all, int until) {
        double open = 1;
        for (int day = 0; day <= until; day++) {
            int present = day;
            double atRisk = all.stream()
                    .filter(one -> one.seconds() >= present)
                    .mapToInt(Observed::count)
                    .sum();
            double finished = all.stream()
                    .filter(one -> one.finished() && one.seconds() == present)
                    .mapToInt(Observed::count)
                    .sum();
            open *= finished == 0 ? 1 : 1 - finished / atRisk;
        }
        return open;
    }
}
