package io.perennial.health.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequestModerationTests {

    private static final CohortMoments ONE_A_WEEK = new CohortMoments(1, 0.5);

    @Test
    void ordinaryCountsCostNothing() {
        Moderation usual = RequestModeration.assess(weeks(26, 1, 4, 1), ONE_A_WEEK, 1);

        assertThat(usual.actual4()).isEqualTo(4);
        assertThat(usual.expected4()).isEqualTo(4, within(0.1));
        assertThat(usual.subScore()).isGreaterThan(99);
        assertThat(RequestModeration.assess(weeks(26, 1, 4, 2, 1), ONE_A_WEEK, 1)
                        .subScore())
                .isGreaterThan(85);
    }

    @Test
    void aTriplingIsFound() {
        Moderation tripled = RequestModeration.assess(weeks(26, 1, 4, 3), ONE_A_WEEK, 1);

        assertThat(tripled.pHigh()).isLessThan(0.01);
        assertThat(tripled.subScore()).isLessThan(10);
    }

    @Test
    void tooFewIsFoundForAccountsThatAskOften() {
        Moderation silent = RequestModeration.assess(weeks(26, 2, 4, 0), ONE_A_WEEK, 1);

        assertThat(silent.pLow()).isLessThan(0.05);
        assertThat(silent.subScore()).isLessThan(10);
    }

    @Test
    void noRequestFromAnAccountThatHardlyEverAsksMeansNothing() {
        int[] weekly = new int[30];
        weekly[3] = 1;
        Moderation quiet = RequestModeration.assess(weekly, new CohortMoments(0.1, 0.01), 1);

        assertThat(quiet.pLow()).isGreaterThan(0.5);
        assertThat(quiet.subScore()).isGreaterThan(95);
    }

    @Test
    void aSlowCollapseIsFoundOverThirteenWeeks() {
        int[] weekly = new int[40];
        Arrays.fill(weekly, 0, 27, 1);

        assertThat(RequestModeration.assess(weekly, ONE_A_WEEK, 1).pLow()).isLessThan(0.01);
    }

    @Test
    void aNewAccountIsJudgedByItsCohortAndItsSize() {
        int[] fourWeeks = {2, 2, 2, 2};

        assertThat(RequestModeration.assess(fourWeeks, ONE_A_WEEK, 2).expected4())
                .isEqualTo(8, within(1e-9));
        assertThat(RequestModeration.assess(fourWeeks, ONE_A_WEEK, 2).subScore())
                .isGreaterThan(
                        RequestModeration.assess(fourWeeks, ONE_A_WEEK, 0.2).subScore());
    }

    /** r = a + 26, p = (a/mu + 26) / (a/mu + 30), a = mu = ... = 2: P(0) = (28/32)^28. */
    @Test
    void chancesAreThoseOfTheNegativeBinomialByHand() {
        Moderation none = RequestModeration.assess(weeks(26, 1, 4, 0), ONE_A_WEEK, 1);
        double p0 = Math.pow(28.0 / 32.0, 28);

        assertThat(none.pHigh()).isEqualTo(1);
        assertThat(none.subScore()).isEqualTo(100 * (1 - Math.pow(1 - p0, 3)), within(1e-9));
    }

    @Test
    void nothingAtAllIsNothingUnusual() {
        assertThat(RequestModeration.assess(new int[0], new CohortMoments(0, 0), 0)
                        .subScore())
                .isEqualTo(100);
        assertThat(RequestModeration.assess(new int[30], new CohortMoments(0, 0), 1)
                        .subScore())
                .isGreaterThan(99);
    }

    /** So many weeks of so many requests, then so many weeks of others (the last number fills up). */
    private static int[] weeks(int before, int usual, int then, int... counts) {
        int[] weekly = new int[before + then];
        Arrays.fill(weekly, 0, before, usual);
        for (int i = 0; i < then; i++) {
            weekly[before + i] = counts[Math.min(i, counts.length - 1)];
        }
        return weekly;
    }
}
