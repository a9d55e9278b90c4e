package io.perennial.health.model;

import static io.perennial.health.model.Accounts.STANDARD;
import static io.perennial.health.model.Accounts.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingDataTests {

    private static final int MANY = 5_000;
    private static final Set<String> USE = Set.of(
            "usage_trend",
            "usage_usual",
            "usage_drop",
            "days_since_use",
            "active_share",
            "use_per_seat",
            "breadth",
            "depth");

    private final Accounts accounts = new Accounts(9);
    private final Norms norms = accounts.norms();
    private final Random luck = new Random(9);

    @Test
    void forgettingMeasuresDrawsTheScoreTowardsTheSegmentsMeanByExactlyTheirContribution() {
        for (int i = 0; i < MANY; i++) {
            AccountReadings account = accounts.any();
            List<String> known = List.copyOf(account.readings().keySet());
            String forgotten = known.get(luck.nextInt(known.size()));
            Score before = score(account);
            Score after = score(without(account, Set.of(forgotten)));
            double contribution = before.part(forgotten).orElseThrow().contribution();

            assertThat(Math.abs(before.value() - after.value() - contribution)).isLessThanOrEqualTo(0.021);
        }
    }

    @Test
    void losingAThirdOfTheMeasuresFlipsHardlyAnyAccountBetweenRedAndGreen() {
        int flips = 0;
        for (int i = 0; i < MANY; i++) {
            AccountReadings account = accounts.any();
            Set<String> lost = new HashSet<>();
            account.readings().keySet().stream()
                    .sorted()
                    .filter(m -> luck.nextDouble() < 0.3)
                    .forEach(lost::add);
            flips +=
                    flipped(score(account).band(), score(without(account, lost)).band()) ? 1 : 0;
        }

        assertThat(flips / (double) MANY).isLessThanOrEqualTo(0.02);
    }

    @Test
    void losingTheWholeUsageIntegrationFlipsHardlyAnyAccountBetweenRedAndGreen() {
        int flips = 0;
        for (int i = 0; i < MANY; i++) {
            AccountReadings account = accounts.any();
            flips += flipped(score(account).band(), score(without(account, USE)).band()) ? 1 : 0;
        }

        assertThat(flips / (double) MANY).isLessThanOrEqualTo(0.02);
    }

    @Test
    void oneGoodSurveyAnswerDoesNotMakeASilentAccountHealthy() {
        AccountReadings silent = new AccountReadings(
                "SMB", "live", Map.of("nps", new Reading(100, TODAY, "10 of 10")), Set.of(), Set.of());

        assertThat(score(silent).band()).isEqualTo(Band.UNKNOWN);
    }

    @Test
    void theMeanOfASmallSegmentIsDrawnToEverybodys() {
        NormsCount count = new NormsCount(STANDARD);
        for (int i = 0; i < 90; i++) {
            count.add(withTrend("SMB", 1), TODAY);
        }
        for (int i = 0; i < 10; i++) {
            count.add(withTrend("Rare", 0.3), TODAY);
        }
        Map<String, Map<String, Double>> sealed = count.seal().bySegment();

        // Everybody: (90 * 75 + 10 * 0) / 100; rare: (0 + 10 * 67.5) / 20
        assertThat(sealed.get(Norms.EVERYBODY)).containsEntry("usage_trend", 67.5);
        assertThat(sealed.get("Rare")).containsEntry("usage_trend", 33.75);
    }

    private static AccountReadings withTrend(String segment, double value) {
        return new AccountReadings(
                segment, null, Map.of("usage_trend", new Reading(value, TODAY, "drawn")), Set.of(), Set.of());
    }

    private static boolean flipped(Band one, Band other) {
        return (one == Band.AT_RISK && other == Band.HEALTHY) || (one == Band.HEALTHY && other == Band.AT_RISK);
    }

    private Score score(AccountReadings account) {
        return Scoring.score(STANDARD, norms, account, TODAY);
    }

    private static AccountReadings without(AccountReadings account, Set<String> measures) {
        Map<String, Reading> readings = new HashMap<>(account.readings());
        readings.keySet().removeAll(measures);
        return new AccountReadings(
                account.segment(), account.stage(), readings, account.notApplicable(), account.notConnected());
    }
}
