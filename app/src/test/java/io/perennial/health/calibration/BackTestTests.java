package io.perennial.health.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackTestTests {

    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);

    @Test
    void withFewLossesOnlyTheSurprisesAreShown() {
        List<Renewal> renewals = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            renewals.add(new Renewal(FIRST.plusDays(i), new Standing("SMB", 60 + i, 1, 1), i != 35 && i != 3));
        }
        BackTest test = BackTest.of(renewals, 45, 70);

        assertThat(test.lost()).isEqualTo(2);
        assertThat(test.ranking()).isEmpty();
        assertThat(test.chances()).isEmpty();
        assertThat(test.surprises()).extracting(Renewal::score).containsExactly(95.0);
    }

    @Test
    void aScoreThatMeansSomethingShowsIt() {
        BackTest test = BackTest.of(renewals(30_000, true), 45, 70);

        assertThat(test.ranking()).hasValueSatisfying(ranking -> {
            assertThat(ranking.auc().value()).isGreaterThan(0.75);
            assertThat(ranking.lift()).isGreaterThan(1.5);
        });
        assertThat(test.line()).hasValueSatisfying(line -> {
            // In truth the chance of loss is 1 - score: among scores under 45 it is about 75 %.
            assertThat(line.precision()).isEqualTo(0.75, within(0.05));
            assertThat(line.recall()).isEqualTo(0.6, within(0.1));
        });
        assertThat(test.chances()).hasValueSatisfying(chances -> {
            assertThat(chances.brierSkill()).isGreaterThan(0.2);
            assertThat(chances.reliability().ece()).isLessThan(0.02);
        });
    }

    @Test
    void aScoreThatMeansNothingIsSaidToMeanNothing() {
        BackTest test = BackTest.of(renewals(3_000, false), 45, 70);

        assertThat(test.ranking()).hasValueSatisfying(ranking -> {
            assertThat(ranking.auc().low()).isLessThan(0.5);
            assertThat(ranking.auc().high()).isGreaterThan(0.5);
        });
        assertThat(test.chances())
                .hasValueSatisfying(chances -> assertThat(chances.brierSkill()).isLessThan(0.01));
    }

    private static List<Renewal> renewals(int count, boolean meaningful) {
        Random luck = new Random(12);
        List<Renewal> renewals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double score = 2 + 96 * luck.nextDouble();
            double chance = meaningful ? score / 100 : 0.7;
            renewals.add(new Renewal(
                    FIRST.plusDays(600L * i / count), new Standing("SMB", score, 1, 1), luck.nextDouble() < chance));
        }
        return renewals;
    }
}
