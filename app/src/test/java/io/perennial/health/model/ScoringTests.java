package io.perennial.health.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calculated by hand from the formula of {@link Scoring}. */
class ScoringTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final HealthModel MODEL = model("""
            format: 1
            name: Golden
            groups:
              - group: Use
                measures:
                  - measure: trend
                    weight: 50
                    curve: [0 -> 0, 1 -> 80, 2 -> 100]
                    half_life_days: 7
                    expires_after_days: 30
              - group: Voice
                measures:
                  - measure: nps
                    weight: 30
                    curve: [-100 -> 0, 100 -> 100]
                  - measure: silence
                    weight: 20
                    shape: down
                    curve: [0 -> 100, 50 -> 0]
            """);
    private static final Norms NORMS =
            new Norms(Map.of("SMB", Map.of("trend", 70.0, "nps", 60.0), Norms.EVERYBODY, Map.of("silence", 50.0)));

    @Test
    void everythingKnownToday() {
        Score score = score(account(Map.of("trend", today(0.5), "nps", today(20), "silence", today(10))));

        // (50 * 40 + 30 * 60 + 20 * 80) / 100
        assertThat(score.value()).isEqualTo(54);
        // (50 * 70 + 30 * 60 + 20 * 50) / 100
        assertThat(score.norm()).isEqualTo(63);
        assertThat(score.coverage()).isEqualTo(1);
        assertThat(score.band()).isEqualTo(Band.WATCH);
        assertThat(score.parts()).extracting(Part::contribution).containsExactly(-15.0, 0.0, 6.0);
    }

    @Test
    void aReadingFadesToTheSegmentsMean() {
        Reading weekOld = new Reading(0.5, TODAY.minusDays(7), "a week ago");
        Score score = score(account(Map.of("trend", weekOld, "nps", today(20), "silence", today(10))));

        // trend counts half 40, half 70: (50 * 55 + 30 * 60 + 20 * 80) / 100
        assertThat(score.value()).isEqualTo(61.5);
        assertThat(score.coverage()).isEqualTo(0.75);
        assertThat(score.part("trend").orElseThrow().contribution()).isEqualTo(-7.5);
    }

    @Test
    void whatIsUnknownOrExpiredCountsAsTheMeanAndLowersCoverageOnly() {
        Reading old = new Reading(0, TODAY.minusDays(31), "long ago");
        Score score = score(account(Map.of("trend", old, "nps", today(100))));

        // (50 * 70 + 30 * 100 + 20 * 50) / 100
        assertThat(score.value()).isEqualTo(75);
        assertThat(score.coverage()).isEqualTo(0.3);
        assertThat(score.band()).isEqualTo(Band.UNKNOWN);
        assertThat(score.parts()).extracting(Part::state).containsExactly(Part.EXPIRED, Part.KNOWN, Part.UNKNOWN);
    }

    @Test
    void whatDoesNotApplyHasNoWeight() {
        Score score = score(new AccountReadings(
                "SMB", null, Map.of("trend", today(0.5), "silence", today(10)), Set.of("nps"), Set.of()));

        // (50 * 40 + 20 * 80) / 70
        assertThat(score.value()).isEqualTo(51.43);
        assertThat(score.coverage()).isEqualTo(1);
        // (50 * 70 + 20 * 50) / 70 = 64.2857; -1500/70 and +600/70 must sum to 51.43 - 64.29
        assertThat(score.parts()).extracting(Part::contribution).containsExactly(-21.43, 0.0, 8.57);
    }

    @Test
    void aSourceThatWasNeverConnectedIsNeverBadAndDoesNotHideTheRest() {
        AccountReadings without = new AccountReadings(
                "SMB", null, Map.of("nps", today(20), "silence", today(10)), Set.of(), Set.of("trend"));
        Score score = score(without);

        // (30 * 60 + 20 * 80) / 50
        assertThat(score.value()).isEqualTo(68);
        assertThat(score.coverage()).isEqualTo(1);
        assertThat(score.connected()).isEqualTo(0.5);
        assertThat(score.band()).isEqualTo(Band.WATCH);
    }

    @Test
    void oneLonelySourceDoesNotJudgeAWholeRelationship() throws ModelProblem {
        HealthModel strict = HealthModel.parse(MODEL.text() + "bands:\n  minimum_connected: 40\n");
        AccountReadings lonely =
                new AccountReadings("SMB", null, Map.of("nps", today(20)), Set.of(), Set.of("trend", "silence"));

        assertThat(Scoring.score(strict, NORMS, lonely, TODAY).band()).isEqualTo(Band.UNKNOWN);
        assertThat(score(lonely).band()).isEqualTo(Band.WATCH);
    }

    @Test
    void anUnresolvedAlarmOnAHeavyMeasureTurnsAGoodScoreRed() {
        AccountReadings good = account(Map.of("trend", today(2), "nps", today(90), "silence", today(0)));
        Score alarmed = Scoring.score(MODEL, NORMS, good, TODAY, Set.of("trend"));

        assertThat(score(good).band()).isEqualTo(Band.HEALTHY);
        assertThat(alarmed.band()).isEqualTo(Band.AT_RISK);
        assertThat(alarmed.alarm()).isEqualTo("trend");
        assertThat(alarmed.value()).isEqualTo(score(good).value());
    }

    @Test
    void anAlarmOnALightMeasureDoesNot() {
        AccountReadings account = account(Map.of("usage_trend", today(1.2), "nps", today(-80)));
        Score score = Scoring.score(Accounts.STANDARD, Norms.NONE, account, TODAY, Set.of("nps"));

        assertThat(score.alarm()).isNull();
    }

    @Test
    void withoutAnyNormUnknownIsNeitherGoodNorBad() {
        assertThat(Scoring.score(MODEL, Norms.NONE, account(Map.of()), TODAY).value())
                .isEqualTo(57.5);
        assertThat(Scoring.score(MODEL, Norms.NONE, account(Map.of()), TODAY).band())
                .isEqualTo(Band.UNKNOWN);
    }

    @Test
    void nothingAppliesAndNothingBreaks() {
        Score score = score(new AccountReadings("SMB", null, Map.of(), Set.of("trend", "nps", "silence"), Set.of()));

        assertThat(score.band()).isEqualTo(Band.UNKNOWN);
        assertThat(score.coverage()).isZero();
    }

    @Test
    void aFactOfTomorrowsTomorrowIsNotKnownToday() {
        AccountReadings leaking = account(Map.of("trend", new Reading(0, TODAY.plusDays(2), "leaked")));

        assertThat(score(leaking)).isEqualTo(score(account(Map.of())));
    }

    @Test
    void theOrderInWhichFactsAreFoundChangesNothing() {
        AccountReadings account = new Accounts(5).any();
        Map<String, Reading> otherOrder = new HashMap<>(512);
        account.readings().entrySet().stream()
                .sorted(Map.Entry.<String, Reading>comparingByKey().reversed())
                .forEach(entry -> otherOrder.put(entry.getKey(), entry.getValue()));
        AccountReadings same = new AccountReadings(
                account.segment(), account.stage(), otherOrder, account.notApplicable(), account.notConnected());
        Norms norms = new Accounts(6).norms();

        assertThat(Scoring.score(Accounts.STANDARD, norms, same, TODAY))
                .isEqualTo(Scoring.score(Accounts.STANDARD, norms, account, TODAY));
    }

    @Test
    void whatIfAnswersWithTheSameArithmetic() {
        AccountReadings account = account(Map.of("trend", today(0.5), "nps", today(20), "silence", today(10)));
        WhatIf whatIf = WhatIf.ask(MODEL, NORMS, account, TODAY, "trend", 1);

        assertThat(whatIf.before().value()).isEqualTo(54);
        assertThat(whatIf.after().value()).isEqualTo(74);
    }

    @Test
    void aReadingIsANumber() {
        assertThatThrownBy(() -> today(Double.NaN)).hasMessageContaining("finite");
    }

    @Test
    void theTrendIsTheMedianOfAllSlopes() {
        double[] days = {0, 7, 14, 21, 28};

        assertThat(TheilSen.slope(days, new double[] {70, 69, 10, 67, 66})).isEqualTo(-1 / 7.0, within(1e-12));
        assertThat(TheilSen.slope(new double[] {1}, new double[] {5})).isZero();
    }

    private static Score score(AccountReadings account) {
        return Scoring.score(MODEL, NORMS, account, TODAY);
    }

    private static AccountReadings account(Map<String, Reading> readings) {
        return new AccountReadings("SMB", null, readings, Set.of(), Set.of());
    }

    private static Reading today(double value) {
        return new Reading(value, TODAY, "seen today");
    }

    private static HealthModel model(String text) {
        try {
            return HealthModel.parse(text);
        } catch (ModelProblem e) {
            throw new AssertionError(e);
        }
    }
}
