package io.perennial.health.model;

import static io.perennial.health.model.Accounts.STANDARD;
import static io.perennial.health.model.Accounts.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** H16: improving a good measure never lowers the score. */
class MonotoneTests {

    private static final int PAIRS = 100_000;

    @Test
    void improvingAnyMeasureNeverLowersTheScore() {
        Accounts accounts = new Accounts(16);
        Norms norms = accounts.norms();
        int violations = 0;
        for (int i = 0; i < PAIRS; i++) {
            AccountReadings account = accounts.any();
            MeasureRule rule = accounts.anyOf(STANDARD.rules(), STANDARD.rules().size());
            double one = accounts.value(rule);
            double other = accounts.value(rule);
            boolean otherIsBetter = rule.curve().shape() == Shape.UP ? other >= one : other <= one;
            double worse = score(norms, account, rule, otherIsBetter ? one : other);
            double better = score(norms, account, rule, otherIsBetter ? other : one);
            violations += better < worse ? 1 : 0;
        }

        assertThat(violations).isZero();
    }

    @Test
    void everyCurveIsMonotoneToTheLastBit() {
        Accounts accounts = new Accounts(17);
        int violations = 0;
        for (int i = 0; i < PAIRS; i++) {
            MeasureRule rule = accounts.anyOf(STANDARD.rules(), STANDARD.rules().size());
            double value = accounts.value(rule);
            double next = Math.nextUp(value);
            double rise = rule.curve().at(next) - rule.curve().at(value);
            violations += (rule.curve().shape() == Shape.UP ? rise < 0 : rise > 0) ? 1 : 0;
        }

        assertThat(violations).isZero();
    }

    private static double score(Norms norms, AccountReadings account, MeasureRule rule, double value) {
        Reading reading = new Reading(value, TODAY.minusDays(3), "supposed");
        return Scoring.score(STANDARD, norms, account.with(rule.measure(), reading), TODAY)
                .value();
    }
}
