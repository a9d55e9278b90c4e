package io.perennial.metrics.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Random;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

/** What an investment costs and keeps, for a thousand plans. */
class WhatIfTests {

    private final Random random = new Random(270);

    @Test
    void aPlanThatCanBeCheckedByHand() {
        WhatIf plan = plan("100", "2", "50", "1000000", "90", "0.5", "1", "2", "100");

        assertThat(plan.cost()).isEqualByComparingTo("10000");
        assertThat(plan.expected().kept()).isEqualByComparingTo("20000");
        assertThat(plan.expected().net()).isEqualByComparingTo("10000");
        assertThat(plan.expected().back()).isEqualByComparingTo("100");
        assertThat(plan.atLeast().net()).isEqualByComparingTo("0");
        assertThat(plan.breakEven()).isEqualByComparingTo("0.5");
        // Ten points are left to renew; five times the hours at two points would be twenty.
        assertThat(plan.with(BigDecimal.TEN).atMost().capped()).isTrue();
        assertThat(plan.with(BigDecimal.TEN).atMost().kept()).isEqualByComparingTo("100000");
    }

    @Test
    void moreEffectNeverKeepsLessAndMoreHoursNeverCostLess() {
        for (int i = 0; i < 1_000; i++) {
            WhatIf plan = any();
            assertThat(plan.atLeast().kept())
                    .isLessThanOrEqualTo(plan.expected().kept());
            assertThat(plan.expected().kept()).isLessThanOrEqualTo(plan.atMost().kept());
            WhatIf more = plan.with(plan.hours().add(BigDecimal.ONE));
            assertThat(more.cost()).isGreaterThanOrEqualTo(plan.cost());
            assertThat(plan.atMost().kept().abs()).isLessThanOrEqualTo(plan.revenueDue());
        }
    }

    @Test
    void anEffectAtBreakEvenLeavesNothingUnlessItIsCapped() {
        for (int i = 0; i < 1_000; i++) {
            WhatIf plan = any();
            BigDecimal even = plan.breakEven();
            if (even == null || plan.outcome(even).capped()) {
                continue;
            }
            assertThat(plan.outcome(even).net().abs()).isLessThan(new BigDecimal("0.000001"));
        }
    }

    @Test
    void withoutHoursNothingIsSpentAndNothingKept() {
        WhatIf plan = any().with(BigDecimal.ZERO);

        assertThat(plan.cost()).isEqualByComparingTo("0");
        assertThat(plan.expected().kept()).isEqualByComparingTo("0");
        assertThat(plan.expected().back()).isNull();
        assertThat(plan("10", "1", "50", "0", "90", "0", "1", "2", "100").breakEven())
                .isNull();
        assertThat(plan.curve()).hasSize(17);
    }

    @Test
    void whatCustomersPayForTheHoursIsDirectRevenueAndPaysForThem() {
        WhatIf plan = plan("100", "2", "50", "1000000", "90", "0", "1", "2", "100", "30");

        assertThat(plan.direct()).isEqualByComparingTo("6000");
        assertThat(plan.expected().net()).isEqualByComparingTo("16000");
        assertThat(plan.breakEven()).isEqualByComparingTo("0.2");
        assertThat(plan("100", "2", "50", "1000000", "90", "0", "1", "2", "100", "80")
                        .breakEven())
                .isEqualByComparingTo("0");
    }

    @Test
    void theLineThroughSumsIsTheLineThroughTerms() {
        SimpleRegression terms = new SimpleRegression();
        for (int i = 0; i < 40; i++) {
            terms.addData(i, i % 4 != 0 || i > 20 ? 100 : 0);
        }
        double sxx = terms.getXSumSquares();
        double sxy = terms.getSlope() * sxx;
        EffectOfHours.Line line =
                new EffectOfHours.Line(40, 34, 19.5, false, terms.getSlope(), sxx, terms.getTotalSumSquares(), sxy);

        EffectOfHours.Relation relation = EffectOfHours.relation("", line);

        assertThat(line.half()).isCloseTo(terms.getSlopeConfidenceInterval(0.05), within(1e-9));
        assertThat(relation.points()).isNotNull().isPositive();
        assertThat(Objects.requireNonNull(relation.low())).isLessThan(Objects.requireNonNull(relation.high()));
        assertThat(relation.clear()).isTrue();
    }

    @Test
    void aRelationIsSaidOnlyWhereTermsDiffer() {
        assertThat(EffectOfHours.relation("", line(3, 1, false)).why()).contains("Fewer than");
        assertThat(EffectOfHours.relation("", line(15, 15, false)).why()).isEqualTo("All ended the same way.");
        assertThat(EffectOfHours.relation("", line(15, 7, true)).why()).isEqualTo("All had the same hours.");
        assertThat(EffectOfHours.relation("", line(0, 0, false)).points()).isNull();
    }

    private static EffectOfHours.Line line(long terms, long renewed, boolean same) {
        return new EffectOfHours.Line(terms, renewed, 1, same, 1, 1, 1, 1);
    }

    private WhatIf any() {
        double low = random.nextDouble() * 3 - 1;
        double likely = low + random.nextDouble() * 2;
        return plan(
                Integer.toString(random.nextInt(5_000)),
                number(random.nextDouble() * 20),
                number(random.nextDouble() * 200),
                number(random.nextDouble() * 1e7),
                number(random.nextDouble() * 100),
                number(low),
                number(likely),
                number(likely + random.nextDouble()),
                number(1 + random.nextDouble() * 99));
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    private static WhatIf plan(String... numbers) {
        BigDecimal[] n = java.util.Arrays.stream(numbers).map(BigDecimal::new).toArray(BigDecimal[]::new);
        return new WhatIf(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n.length > 9 ? n[9] : BigDecimal.ZERO);
    }
}
