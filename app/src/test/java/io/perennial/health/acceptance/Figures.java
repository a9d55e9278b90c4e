package io.perennial.health.acceptance;

import io.perennial.health.calibration.WeightSuggestion;
import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Band;
import io.perennial.health.model.Reading;
import io.perennial.health.model.Score;
import io.perennial.health.simulator.Oracle;
import io.perennial.health.simulator.OutsideReader;
import io.perennial.health.simulator.Ranking;
import io.perennial.health.simulator.Snapshot;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Everything that is measured on one simulated company. */
final class Figures {

    /** By name, e.g. {@code shipped.auc}. */
    final Map<String, Double> values = new TreeMap<>();

    private final Watched watched;
    private final boolean[] lost;

    Figures(Watched watched, long seed) {
        this.watched = watched;
        this.lost = Snapshot.outcomes(watched.judged);
        OutsideReader analyst = OutsideReader.taught(watched.past);
        ranking("oracle", Snapshot::oracle);
        ranking("shipped", watched::shippedRisk);
        ranking("once", watched::onceRisk);
        ranking("learned", watched::learnedRisk);
        ranking("analyst", analyst::loss);
        values.put("peer.auc", Ranking.auc(risks(OutsideReader::peerRisk), lost));
        values.put("plain.auc", Ranking.auc(risks(s -> -watched.shippedScore(s)), lost));
        values.put("offered", (double) watched.suggestions.values().stream()
                .filter(WeightSuggestion::offered)
                .count());
        values.put("lost", Ranking.share(lost));
        values.put("snapshots", (double) lost.length);
        alarms();
        for (Band band : Band.values()) {
            values.put(
                    "band." + band,
                    watched.judged.stream()
                                    .filter(s -> watched.score(s).band() == band)
                                    .count()
                            / (double) lost.length);
        }
        deletion("third", thirdDeleted(seed));
        deletion("requests", without(Sight.REQUESTS));
        deletion("use", without(Sight.USE));
        deletion("tenth", useOfATenthDeleted(seed));
        values.put("left.auc", Ranking.auc(risks(new LeftReader(watched)::loss), lost));
    }

    private void ranking(String name, ToDoubleFunction<Snapshot> risk) {
        double[] risks = risks(risk);
        values.put(name + ".auc", Ranking.auc(risks, lost));
        values.put(name + ".brier", Ranking.brierSkill(risks, lost));
        values.put(name + ".ece", Ranking.expectedCalibrationError(risks, lost));
        values.put(name + ".decile", Ranking.topDecilePrecision(risks, lost));
    }

    /** Yearly customers, 60 to 182 days before they decide, with a tenth on alarm. */
    private void alarms() {
        List<Snapshot> yearly = watched.yearly();
        alarms("oracle", yearly, s -> Oracle.loss(s.customer(), s.week(), s.week() + 9, s.week() + 26));
        alarms("shipped", yearly, watched::shippedRisk);
        alarms("learned", yearly, watched::learnedRisk);
    }

    private void alarms(String name, List<Snapshot> yearly, ToDoubleFunction<Snapshot> risk) {
        Map<Snapshot, Double> risks = new HashMap<>();
        yearly.forEach(s -> risks.put(s, risk.applyAsDouble(s)));
        Map<Integer, List<Snapshot>> weeks = yearly.stream().collect(Collectors.groupingBy(Snapshot::week));
        tenthOfEachLook(name, weeks.values(), risks);
        tenthOfDecisions(name, yearly, risks);
    }

    /** At each look a tenth is on alarm; a loss counts as found when it ever was. Rewards alarms that wander. */
    private void tenthOfEachLook(String name, Collection<List<Snapshot>> weeks, Map<Snapshot, Double> risks) {
        Set<Integer> leaving = new HashSet<>();
        Set<Integer> found = new HashSet<>();
        int alarms = 0;
        int right = 0;
        for (List<Snapshot> week : weeks) {
            week.stream()
                    .filter(Snapshot::lost)
                    .forEach(s -> leaving.add(s.customer().number()));
            for (Snapshot alarm : worstTenth(week, risks)) {
                alarms++;
                if (alarm.lost()) {
                    right++;
                    found.add(alarm.customer().number());
                }
            }
        }
        values.put(name + ".looks.early", (double) found.size() / leaving.size());
        values.put(name + ".looks.precision", (double) right / alarms);
    }

    /** The line is where a tenth of all decisions was ever on alarm in time: wandering alarms cost. */
    private void tenthOfDecisions(String name, List<Snapshot> yearly, Map<Snapshot, Double> risks) {
        Map<String, Snapshot> worst = new HashMap<>();
        for (Snapshot look : yearly) {
            String decision = look.customer().number() + " " + decisionWeek(look);
            worst.merge(decision, look, (one, other) -> of(one, risks) >= of(other, risks) ? one : other);
        }
        List<Snapshot> decisions = List.copyOf(worst.values());
        long leaving = decisions.stream().filter(Snapshot::lost).count();
        List<Snapshot> alarms = worstTenth(decisions, risks);
        long right = alarms.stream().filter(Snapshot::lost).count();
        values.put(name + ".early", (double) right / leaving);
        values.put(name + ".precision", (double) right / alarms.size());
    }

    private static List<Snapshot> worstTenth(List<Snapshot> snapshots, Map<Snapshot, Double> risks) {
        return snapshots.stream()
                .sorted(Comparator.comparingDouble((Snapshot s) -> -of(s, risks))
                        .thenComparing(s -> s.customer().number()))
                .limit(Math.round(snapshots.size() * 0.1))
                .toList();
    }

    private static double of(Snapshot snapshot, Map<Snapshot, Double> risks) {
        return Objects.requireNonNull(risks.get(snapshot));
    }

    private static int decisionWeek(Snapshot look) {
        int week = look.week() + 9;
        while (!look.customer().decidesIn(week)) {
            week++;
        }
        return week;
    }

    /** What deleting costs in AUC, and how many turn from red to green or back by it alone. */
    private void deletion(String name, UnaryOperator<AccountReadings> deleted) {
        double[] risk = new double[lost.length];
        int flips = 0;
        for (int i = 0; i < risk.length; i++) {
            Snapshot snapshot = watched.judged.get(i);
            Score less = watched.rescored(snapshot, deleted);
            risk[i] = watched.shippedRisk(less, snapshot);
            Band before = watched.score(snapshot).band();
            Band after = less.band();
            flips += before == Band.AT_RISK && after == Band.HEALTHY || before == Band.HEALTHY && after == Band.AT_RISK
                    ? 1
                    : 0;
        }
        values.put("deleted." + name + ".auc", Ranking.auc(risk, lost));
        values.put("deleted." + name + ".flips", (double) flips / lost.length);
    }

    private static UnaryOperator<AccountReadings> thirdDeleted(long seed) {
        SplittableRandom random = new SplittableRandom(Seeds.DELETIONS + seed);
        return readings -> {
            Map<String, Reading> kept = new TreeMap<>(readings.readings());
            kept.keySet().removeIf(measure -> random.nextDouble() < 0.3);
            return with(readings, kept);
        };
    }

    /** As in the reference simulation, where one customer in ten has no data about use. */
    private static UnaryOperator<AccountReadings> useOfATenthDeleted(long seed) {
        SplittableRandom random = new SplittableRandom(Seeds.DELETIONS + seed);
        UnaryOperator<AccountReadings> deleted = without(Sight.USE);
        return readings -> random.nextDouble() < 0.1 ? deleted.apply(readings) : readings;
    }

    private static UnaryOperator<AccountReadings> without(Set<String> measures) {
        return readings -> {
            Map<String, Reading> kept = new HashMap<>(readings.readings());
            kept.keySet().removeAll(measures);
            return with(readings, kept);
        };
    }

    private static AccountReadings with(AccountReadings readings, Map<String, Reading> kept) {
        return new AccountReadings(
                readings.segment(), readings.stage(), kept, readings.notApplicable(), readings.notConnected());
    }

    private double[] risks(ToDoubleFunction<Snapshot> risk) {
        return watched.judged.stream().mapToDouble(risk).toArray();
    }
}
