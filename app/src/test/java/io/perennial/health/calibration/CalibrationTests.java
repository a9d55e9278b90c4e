package io.perennial.health.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTests {

    private static final LocalDate DUE = LocalDate.of(2026, 3, 1);

    @Test
    void fewerThanThirtyDecidedRenewalsAreNotCalibrated() {
        Calibration young = Calibration.of(renewals(29, 1));

        assertThat(young.calibrated()).isFalse();
        assertThat(young.chance(smb(50))).isEmpty();
        assertThat(young.alike(50)).isEmpty();
        assertThat(young.statement()).isEqualTo("Not calibrated yet: 29 of 30 decided renewals.");
    }

    @Test
    void whereEverybodyRenewedNothingIsClaimed() {
        List<Renewal> all = renewals(40, 2).stream()
                .map(renewal -> new Renewal(renewal.dueOn(), renewal.standing(), true))
                .toList();

        assertThat(Calibration.of(all).statement()).contains("ended the same way");
    }

    @Test
    void chancesComeTrue() {
        Calibration calibration = Calibration.of(renewals(3_000, 3));
        List<Renewal> later = renewals(3_000, 4);
        double[] chance = new double[later.size()];
        boolean[] renewed = new boolean[later.size()];
        for (int i = 0; i < chance.length; i++) {
            chance[i] = calibration.chance(later.get(i).standing()).orElseThrow();
            renewed[i] = later.get(i).renewed();
        }
        Reliability reliability = Reliability.of(chance, renewed, 10);

        assertThat(reliability.ece()).isLessThan(0.025);
        assertThat(reliability.bins())
                .filteredOn(bin -> bin.low() <= bin.predicted() && bin.predicted() <= bin.high())
                .hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void aBetterScoreNeverLowersTheChanceEvenWhenOutcomesSaySo() {
        List<Renewal> upsideDown = renewals(200, 5).stream()
                .map(renewal -> new Renewal(
                        DUE, new Standing(renewal.segment(), 100 - renewal.score(), 1, 1), renewal.renewed()))
                .toList();
        Calibration calibration = Calibration.of(upsideDown);
        double before = 0;
        for (int score = 0; score <= 100; score++) {
            double chance = calibration.chance(smb(score)).orElseThrow();
            assertThat(chance).isGreaterThanOrEqualTo(before);
            before = chance;
        }
    }

    @Test
    void accountsAlikeAreCountedWithTheirInterval() {
        Reliability.Bin alike = Calibration.of(renewals(1_000, 6)).alike(30).orElseThrow();

        assertThat(alike.count()).isEqualTo(100);
        assertThat(alike.observed()).isBetween(alike.low(), alike.high());
        assertThat(alike.observed()).isEqualTo(0.3, within(0.15));
    }

    private static Standing smb(double score) {
        return new Standing("SMB", score, 1, 1);
    }

    /** In truth the chance of renewal is the score, whatever the segment. */
    private static List<Renewal> renewals(int count, long seed) {
        Random luck = new Random(seed);
        List<Renewal> renewals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double score = 5 + 90 * luck.nextDouble();
            String segment = luck.nextBoolean() ? "SMB" : "Enterprise";
            renewals.add(
                    new Renewal(DUE.plusDays(i), new Standing(segment, score, 1, 1), luck.nextDouble() < score / 100));
        }
        return renewals;
    }
}
