package io.perennial.metrics.profit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
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
    void aRelationIsSaidOnlyWhereTermsDiffer() {
        List<RenewalByHours.Term> terms = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            terms.add(term(i, i % 4 != 0 || i > 20));
        }
        EffectOfHours.Relation relation = EffectOfHours.relation("", terms);

        assertThat(relation.points()).isNotNull().isPositive();
        assertThat(Objects.requireNonNull(relation.low())).isLessThan(Objects.requireNonNull(relation.high()));
        assertThat(relation.clear()).isTrue();
        assertThat(EffectOfHours.relation("", terms.subList(0, 3)).why()).contains("Fewer than");
        assertThat(EffectOfHours.relation("", terms.subList(25, 40)).why()).isEqualTo("All ended the same way.");
        assertThat(EffectOfHours.relation("", List.of()).points()).isNull();
    }

    private static RenewalByHours.Term term(double hours, boolean renewed) {
        return new RenewalByHours.Term(UUID.randomUUID(), "", "", "", LocalDate.EPOCH, hours, renewed);
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
        return new WhatIf(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
    }
}
