package io.perennial.metrics.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.metrics.Interval;
import io.perennial.metrics.sales.SalesReadings.Squares;
import io.perennial.metrics.sales.SalesReadings.Sum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MoneyIntervalTests {

    private static Sum rows(String status, int n, int whole, int part) {
        return new Sum(
                "EUR",
                "attach",
                status,
                n,
                BigDecimal.valueOf((long) n * whole),
                BigDecimal.valueOf((long) n * part),
                new Squares(
                        BigDecimal.valueOf((long) n * part * part),
                        BigDecimal.valueOf((long) n * part * whole),
                        BigDecimal.valueOf((long) n * whole * whole)));
    }

    @Test
    void thirtyOfFortyEqualOffersLieWhereAShareWould() {
        Interval interval = Objects.requireNonNull(MoneyInterval.of(
                List.of(rows("hit", 30, 100, 100), rows("miss", 10, 100, 0)),
                new BigDecimal("3000"),
                new BigDecimal("4000")));

        // residuals 75,000; the root of 75,000 × 40/39, by 4,000 and times 1.96
        assertThat(interval.from().doubleValue()).isCloseTo(61.41, within(0.01));
        assertThat(interval.to().doubleValue()).isCloseTo(88.59, within(0.01));
    }

    @Test
    void fewRowsAndRowsThatDoNotDifferHaveNone() {
        assertThat(MoneyInterval.of(
                        List.of(rows("hit", 20, 100, 100), rows("miss", 9, 100, 0)),
                        new BigDecimal("2000"),
                        new BigDecimal("2900")))
                .isNull();
        assertThat(MoneyInterval.of(List.of(rows("hit", 40, 100, 100)), new BigDecimal("4000"), new BigDecimal("4000")))
                .isNull();
        assertThat(MoneyInterval.of(List.of(rows("hit", 40, 0, 0)), BigDecimal.ZERO, BigDecimal.ZERO))
                .isNull();
    }
}
