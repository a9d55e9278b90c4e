package io.perennial.health.acceptance;

import io.perennial.health.calibration.Calibration;
import io.perennial.health.calibration.LearningRow;
import io.perennial.health.calibration.Renewal;
import io.perennial.health.calibration.Standing;
import io.perennial.health.calibration.WeightSuggestion;
import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.DefaultModels;
import io.perennial.health.model.HealthModel;
import io.perennial.health.model.MeasureRule;
import io.perennial.health.model.Norms;
import io.perennial.health.model.NormsCount;
import io.perennial.health.model.Part;
import io.perennial.health.model.Profile;
import io.perennial.health.model.Score;
import io.perennial.health.model.Scoring;
import io.perennial.health.simulator.Company;
import io.perennial.health.simulator.Customer;
import io.perennial.health.simulator.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A simulated company watched with the product: the shipped model scores every customer every four weeks against norms
 * sealed that day; what a score means, and better weights when the product offers them, are learned on decisions that
 * were over four weeks before the first one judged.
 */
final class Watched {

    private static final int FIRST_WEEK = 40;
    private static final int LAST_TAUGHT = 87;
    static final int FIRST_JUDGED = 104;
    private static final int LAST_WEEK = 142;

    private final HealthModel model = DefaultModels.standard();
    private final Map<Integer, Norms> norms = new HashMap<>();
    private final Map<Key, AccountReadings> seen = new HashMap<>();
    private final Map<Key, Score> scores = new HashMap<>();
    private final Company company;
    private final Calibration shipped;
    private final Calibration once;
    private final Calibration learned;
    final List<Snapshot> past;
    final List<Snapshot> judged;

    /** By profile of the model, because each has its own weights. */
    final Map<String, WeightSuggestion> suggestions;

    private record Key(int customer, int week) {}

    Watched(long seed, int size) {
        company = Company.simulated(seed, size);
        Sight sight = new Sight(company);
        for (int week = FIRST_WEEK; week <= LAST_WEEK; week += 4) {
            watch(sight, week);
        }
        past = Snapshot.of(company, FIRST_WEEK, LAST_TAUGHT);
        judged = Snapshot.of(company, FIRST_JUDGED, LAST_WEEK);
        shipped = calibrated(this::shipped);
        once = calibrated(this::shippedOnce);
        suggestions = new HashMap<>();
        Map<String, List<Snapshot>> profiles =
                past.stream().filter(Watched::ninetyDaysBefore).collect(Collectors.groupingBy(this::profile));
        profiles.forEach((profile, decided) -> {
            Map<String, Double> present = new LinkedHashMap<>();
            rules(decided.getFirst()).forEach(rule -> present.put(rule.measure(), rule.weight()));
            suggestions.put(
                    profile,
                    WeightSuggestion.of(decided.stream().map(this::learningRow).toList(), present));
        });
        learned = calibrated(this::learned);
    }

    private void watch(Sight sight, int week) {
        Sight.Cohort cohort = sight.cohort(week);
        NormsCount count = new NormsCount(model);
        List<Customer> staying = company.customers().stream()
                .filter(customer -> customer.staysAfter(week))
                .toList();
        for (Customer customer : staying) {
            AccountReadings readings = sight.of(customer, week, cohort);
            seen.put(new Key(customer.number(), week), readings);
            count.add(readings, Sight.today(week));
        }
        Norms sealed = count.seal();
        norms.put(week, sealed);
        for (Customer customer : staying) {
            Key key = new Key(customer.number(), week);
            scores.put(key, Scoring.score(model, sealed, Objects.requireNonNull(seen.get(key)), Sight.today(week)));
        }
    }

    private Calibration calibrated(Function<Snapshot, Standing> stood) {
        return Calibration.of(past.stream()
                .map(s -> new Renewal(Company.endOf(s.week() + Snapshot.TO), stood.apply(s), !s.lost()))
                .toList());
    }

    /** One row per yearly decision, as it stood about 90 days before, and one per month for monthly contracts. */
    private static boolean ninetyDaysBefore(Snapshot snapshot) {
        return !snapshot.customer().segment().annual()
                || snapshot.customer().dueIn(snapshot.week() + Snapshot.TO - 3, snapshot.week() + Snapshot.TO);
    }

    private LearningRow learningRow(Snapshot snapshot) {
        Map<String, Double> counted = new HashMap<>();
        for (Part part : score(snapshot).parts()) {
            counted.put(part.measure(), part.counted());
        }
        return new LearningRow(
                Integer.toString(snapshot.customer().number()),
                segment(snapshot),
                Company.endOf(snapshot.week() + Snapshot.TO),
                counted,
                !snapshot.lost());
    }

    Score score(Snapshot snapshot) {
        return Objects.requireNonNull(scores.get(new Key(snapshot.customer().number(), snapshot.week())));
    }

    /** The score that the shipped model gives to what is seen of the customer, changed somehow. */
    Score rescored(Snapshot snapshot, UnaryOperator<AccountReadings> change) {
        AccountReadings readings =
                Objects.requireNonNull(seen.get(new Key(snapshot.customer().number(), snapshot.week())));
        return Scoring.score(
                model,
                Objects.requireNonNull(norms.get(snapshot.week())),
                change.apply(readings),
                Sight.today(snapshot.week()));
    }

    double shippedScore(Snapshot snapshot) {
        return score(snapshot).value();
    }

    private String profile(Snapshot snapshot) {
        return Objects.requireNonNullElse(score(snapshot).profile(), "");
    }

    private List<MeasureRule> rules(Snapshot snapshot) {
        String profile = profile(snapshot);
        return model.profiles().stream()
                .filter(one -> one.name().equals(profile))
                .findFirst()
                .map(Profile::rules)
                .orElse(model.rules());
    }

    private Standing shipped(Snapshot snapshot) {
        return stood(score(snapshot), snapshot);
    }

    private Standing shippedOnce(Snapshot snapshot) {
        Score score = score(snapshot);
        return new Standing(segment(snapshot), score.value(), score.coverage(), 1);
    }

    Standing stood(Score score, Snapshot snapshot) {
        return new Standing(segment(snapshot), score.value(), score.coverage(), decisions(snapshot));
    }

    /** How often the contract lets the customer decide in the weeks asked about: the calendar, known beforehand. */
    private int decisions(Snapshot snapshot) {
        if (snapshot.customer().segment().annual()) {
            return 1;
        }
        int last = snapshot.week() + Snapshot.TO;
        int decisions = 0;
        for (int week = snapshot.week() + Snapshot.FROM; week <= last; week++) {
            decisions += snapshot.customer().decidesIn(week) ? 1 : 0;
        }
        return Math.max(1, decisions);
    }

    private Standing learned(Snapshot snapshot) {
        WeightSuggestion suggestion = suggestions.get(profile(snapshot));
        if (suggestion == null || !suggestion.offered()) {
            return shipped(snapshot);
        }
        Map<String, Double> points = new HashMap<>();
        suggestion.weights().forEach(weight -> points.put(weight.measure(), weight.suggested()));
        double sum = 0;
        double known = 0;
        double weights = 0;
        for (Part part : score(snapshot).parts()) {
            if (!part.state().equals(Part.NOT_APPLICABLE) && !part.state().equals(Part.NOT_CONNECTED)) {
                double weight = points.getOrDefault(part.measure(), 0.0);
                sum += weight * part.counted();
                known += weight * part.confidence();
                weights += weight;
            }
        }
        return weights == 0
                ? shipped(snapshot)
                : new Standing(segment(snapshot), sum / weights, known / weights, decisions(snapshot));
    }

    /** Risk as the shipped model and its calibration state it. */
    double shippedRisk(Snapshot snapshot) {
        return shippedRisk(score(snapshot), snapshot);
    }

    double shippedRisk(Score score, Snapshot snapshot) {
        return 1 - shipped.chance(stood(score, snapshot)).orElseThrow();
    }

    /** The same, blind to how often a monthly customer may leave within the time asked about. */
    double onceRisk(Snapshot snapshot) {
        return 1 - once.chance(shippedOnce(snapshot)).orElseThrow();
    }

    /** Risk with the product's suggested weights, where it offered any. */
    double learnedRisk(Snapshot snapshot) {
        return 1 - learned.chance(learned(snapshot)).orElseThrow();
    }

    /** Yearly customers with a decision 9 to 26 weeks ahead: the earliest moment one can act is 60 days before. */
    List<Snapshot> yearly() {
        List<Snapshot> yearly = new ArrayList<>();
        for (int week = FIRST_JUDGED; week + 26 < Company.WEEKS; week += 4) {
            for (Customer customer : company.customers()) {
                if (customer.segment().annual()
                        && customer.staysAfter(week)
                        && customer.dueIn(week + 9, week + 26)
                        && !customer.dueIn(week + 1, week + 8)) {
                    yearly.add(new Snapshot(customer, week, customer.lostIn(week + 9, week + 26)));
                }
            }
        }
        return yearly;
    }

    private static String segment(Snapshot snapshot) {
        return snapshot.customer().segment().name();
    }
}
