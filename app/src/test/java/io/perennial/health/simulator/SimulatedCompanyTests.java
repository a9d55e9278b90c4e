package io.perennial.health.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The simulated company is as it was described; seeds here are those of its making, not of the acceptance. */
class SimulatedCompanyTests {

    private static final int SIZE = Integer.getInteger("perennial.simulator.size", Company.REFERENCE_SIZE);
    private static final long SEED = Long.getLong("perennial.simulator.seed", 11);

    @Test
    void theOracleKnowsAboutAsMuchAsInTheReferenceSimulation() {
        Company company = Company.simulated(SEED, SIZE);
        List<Snapshot> past = Snapshot.of(company, 40, 87);
        List<Snapshot> later = Snapshot.of(company, 104, 142);
        OutsideReader reader = OutsideReader.taught(past);
        boolean[] lost = Snapshot.outcomes(later);
        double[] oracle = risks(later, Snapshot::oracle);
        double[] analyst = risks(later, reader::loss);
        double[] peer = risks(later, OutsideReader::peerRisk);
        List<Snapshot> large = later.stream()
                .filter(s -> s.customer().segment() == Segment.ENTERPRISE)
                .toList();
        double oracleAuc = Ranking.auc(oracle, lost);
        double enterprise = Ranking.auc(risks(large, Snapshot::oracle), Snapshot.outcomes(large));
        double knowable = oracleAuc - 0.5;
        System.out.printf(
                Locale.ROOT,
                "D3 seed %d, %d snapshots, %.3f lost; oracle AUC %.3f (enterprise %.3f), Brier skill %.3f, ECE %.3f,"
                        + " top decile %.2f; analyst %.3f = %.0f %% of the knowable, Brier skill %.3f;"
                        + " peers' way %.3f = %.0f %%%n",
                SEED,
                later.size(),
                Ranking.share(lost),
                oracleAuc,
                enterprise,
                Ranking.brierSkill(oracle, lost),
                Ranking.expectedCalibrationError(oracle, lost),
                Ranking.topDecilePrecision(oracle, lost),
                Ranking.auc(analyst, lost),
                100 * (Ranking.auc(analyst, lost) - 0.5) / knowable,
                Ranking.brierSkill(analyst, lost),
                Ranking.auc(peer, lost),
                100 * (Ranking.auc(peer, lost) - 0.5) / knowable);
        for (Segment segment : Segment.values()) {
            List<Snapshot> of = later.stream()
                    .filter(s -> s.customer().segment() == segment)
                    .toList();
            System.out.printf(
                    Locale.ROOT,
                    "   %s n %d lost %.3f oracle %.3f analyst %.3f peer %.3f%n",
                    segment,
                    of.size(),
                    Ranking.share(Snapshot.outcomes(of)),
                    Ranking.auc(risks(of, Snapshot::oracle), Snapshot.outcomes(of)),
                    Ranking.auc(risks(of, reader::loss), Snapshot.outcomes(of)),
                    Ranking.auc(risks(of, OutsideReader::peerRisk), Snapshot.outcomes(of)));
        }
        assertThat(oracleAuc).isBetween(0.70, 0.78);
        assertThat(enterprise).isBetween(0.75, 0.88);
        assertThat(Ranking.brierSkill(oracle, lost)).isBetween(0.10, 0.16);
    }

    @Test
    void theSameSeedGivesTheSameCompany() {
        Customer one = Company.simulated(3, 40).customers().get(17);
        Customer again = Company.simulated(3, 40).customers().get(17);
        assertThat(again.events).isEqualTo(one.events);
        assertThat(again.tickets()).isEqualTo(one.tickets());
        assertThat(again.decisions()).isEqualTo(one.decisions());
    }

    @Test
    void someCustomersHaveNoSupportDataAndSomeNoUsageData() {
        List<Customer> customers = Company.simulated(SEED, SIZE).customers();
        assertThat(customers.stream().filter(c -> !c.supportKnown()).count() / (double) SIZE)
                .isBetween(0.17, 0.23);
        assertThat(customers.stream().filter(c -> !c.usageKnown()).count() / (double) SIZE)
                .isBetween(0.08, 0.12);
    }

    @Test
    void requestsTripleWithFrustrationAndFallSilentWhenValueCollapses() {
        double[] count = new double[3];
        double[] weeks = new double[3];
        for (Customer c : Company.simulated(SEED, SIZE).customers()) {
            if (!c.supportKnown() || c.segment() == Segment.SMALL) {
                continue;
            }
            int end = c.noticeWeek() == null ? Company.WEEKS : c.noticeWeek();
            for (int week = Math.max(0, c.beginWeek() + 8); week < end; week++) {
                int kind = c.truth().frustrated(week) ? 1 : c.truth().value(week) < -1.2 ? 2 : 0;
                weeks[kind]++;
            }
            for (Ticket ticket : c.tickets()) {
                int week = ticket.day() / 7;
                if (week >= c.beginWeek() + 8 && week < end) {
                    count[c.truth().frustrated(week) ? 1 : c.truth().value(week) < -1.2 ? 2 : 0]++;
                }
            }
        }
        assertThat(count[1] / weeks[1]).isGreaterThan(2.3 * count[0] / weeks[0]);
        assertThat(count[2] / weeks[2]).isLessThan(0.5 * count[0] / weeks[0]);
    }

    @Test
    void nobodyUsesTheProductAfterTheContractHasEnded() {
        for (Customer c : Company.simulated(SEED, 300).customers()) {
            if (c.noticeWeek() != null) {
                int end = c.decisions().getLast().endWeek();
                for (int day = end * 7; day < Company.WEEKS * 7; day++) {
                    assertThat(c.events(day)).isZero();
                }
            }
        }
    }

    static double[] risks(List<Snapshot> snapshots, ToDoubleFunction<Snapshot> risk) {
        return snapshots.stream().mapToDouble(risk).toArray();
    }
}
