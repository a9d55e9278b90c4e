package io.perennial.health.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightSuggestionTests {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final Map<String, Double> ADMIN = points(25, 25, 25, 25);

    @Test
    void saysHowManyOutcomesAreMissing() {
        WeightSuggestion none = WeightSuggestion.of(List.of(), ADMIN);

        assertThat(none.offered()).isFalse();
        assertThat(none.statement()).isEqualTo("Not enough outcomes: 0 of 30 lost renewals.");
        assertThat(none.weights()).isEmpty();
    }

    @Test
    void findsThatUseMattersAndSurveysDoNot() {
        WeightSuggestion suggestion = WeightSuggestion.of(renewals(2_000, 7, 5, 3, 0.5, 0), ADMIN);

        assertThat(suggestion.offered()).isTrue();
        assertThat(suggestion.then().auc()).isGreaterThan(suggestion.now().auc());
        assertThat(suggestion.then().brier()).isLessThan(suggestion.now().brier());
        assertThat(suggestion.weights())
                .extracting(WeightSuggestion.Weight::suggested)
                .satisfies(points -> {
                    assertThat(points.get(0)).isGreaterThan(40);
                    assertThat(points.get(3)).isLessThan(10);
                    assertThat(points.stream().mapToDouble(Double::doubleValue).sum())
                            .isEqualTo(100, within(1e-6));
                });
        assertThat(suggestion.weights()).allSatisfy(weight -> {
            assertThat(weight.low()).isLessThanOrEqualTo(weight.high());
            assertThat(weight.suggested()).isNotNegative();
        });
    }

    /** The gaps between what is learned from and what is foretold leave little of one year; it must be enough. */
    @Test
    void oneYearOfMonthlyRenewalsIsEnoughToLearnFrom() {
        WeightSuggestion suggestion = WeightSuggestion.of(renewalsWithin(340, 2_400, 11, 5, 4, 0, 0), ADMIN);

        assertThat(suggestion.offered()).isTrue();
        assertThat(suggestion.weights())
                .extracting(WeightSuggestion.Weight::suggested)
                .satisfies(points -> {
                    assertThat(points.get(0)).isGreaterThan(40);
                    assertThat(points.get(2)).isLessThan(15);
                    assertThat(points.get(3)).isLessThan(15);
                });
    }

    /** H8. */
    @Test
    void whereOutcomesAreDiceNothingIsSuggested() {
        int offered = 0;
        for (int seed = 0; seed < 60; seed++) {
            offered += WeightSuggestion.of(renewals(400, 100 + seed, 0, 0, 0, 0), ADMIN)
                            .offered()
                    ? 1
                    : 0;
        }

        assertThat(offered).isLessThanOrEqualTo(3);
    }

    @Test
    void theSameRenewalsInAnotherOrderSuggestTheSame() {
        List<LearningRow> rows = renewals(600, 9, 4, 2, 1, 0);

        assertThat(WeightSuggestion.of(rows.reversed(), ADMIN)).isEqualTo(WeightSuggestion.of(rows, ADMIN));
    }

    /** Renewals over two years whose log odds have these slopes in use, help, talk and survey. */
    private static List<LearningRow> renewals(int count, long seed, double... slopes) {
        return renewalsWithin(730, count, seed, slopes);
    }

    private static List<LearningRow> renewalsWithin(int days, int count, long seed, double... slopes) {
        Random luck = new Random(seed);
        List<String> measures = List.copyOf(ADMIN.keySet());
        List<LearningRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double odds = 1.4;
            Map<String, Double> counted = new LinkedHashMap<>();
            for (int m = 0; m < slopes.length; m++) {
                double value = luck.nextDouble();
                counted.put(measures.get(m), 100 * value);
                odds += slopes[m] * (value - 0.5);
            }
            boolean renewed = luck.nextDouble() < 1 / (1 + Math.exp(-odds));
            rows.add(new LearningRow(
                    "A" + i,
                    luck.nextBoolean() ? "SMB" : "Enterprise",
                    FIRST.plusDays((long) days * i / count),
                    counted,
                    renewed));
        }
        return rows;
    }

    private static Map<String, Double> points(double use, double help, double talk, double survey) {
        Map<String, Double> points = new LinkedHashMap<>();
        points.put("usage_trend", use);
        points.put("request_load", help);
        points.put("days_since_conversation", talk);
        points.put("nps", survey);
        return points;
    }
}
