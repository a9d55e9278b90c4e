package io.perennial.health.model;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts sub-scores over all accounts and seals them as {@link Norms}. The order in which accounts are added does not
 * matter: sums are kept in whole millionths.
 */
public final class NormsCount {

    /** A segment's mean weighs as much as the mean of everybody once this many accounts of it are known. */
    private static final double PRIOR_ACCOUNTS = 10;

    private static final double SCALE = 1_000_000;

    private final HealthModel model;
    private final Map<String, Map<String, Sum>> sums = new HashMap<>();

    public NormsCount(HealthModel model) {
        this.model = model;
    }

    /** Counts what is known and fresh of this account, unless it has left: customers are compared with customers. */
    public void add(AccountReadings account, LocalDate today) {
        if (account.left()) {
            return;
        }
        Map<String, Sum> own = sums.computeIfAbsent(account.segment(), segment -> new HashMap<>());
        for (MeasureRule rule : model.rulesFor(account.segment(), account.stage())) {
            Reading reading = account.readings().get(rule.measure());
            if (reading == null
                    || account.notApplicable().contains(rule.measure())
                    || account.notConnected().contains(rule.measure())) {
                continue;
            }
            long age = MeasureRule.age(reading, today);
            if (MeasureRule.fromTheFuture(age) || rule.expired(age)) {
                continue;
            }
            long score = Math.round(rule.curve().at(reading.value()) * SCALE);
            own.computeIfAbsent(rule.measure(), measure -> new Sum()).add(score, 1);
        }
    }

    /** Adds what was counted apart, of other accounts. */
    public void add(NormsCount others) {
        others.sums.forEach((segment, measures) -> add(measures, segment));
    }

    private void add(Map<String, Sum> measures, String segment) {
        Map<String, Sum> own = sums.computeIfAbsent(segment, s -> new HashMap<>());
        measures.forEach(
                (measure, sum) -> own.computeIfAbsent(measure, m -> new Sum()).add(sum.total, sum.accounts));
    }

    /** The means, those of small segments drawn towards everybody's; two decimals. */
    public Norms seal() {
        NormsCount everybody = new NormsCount(model);
        sums.values().forEach(measures -> everybody.add(measures, Norms.EVERYBODY));
        Map<String, Sum> all = everybody.sums.getOrDefault(Norms.EVERYBODY, Map.of());
        Map<String, Map<String, Double>> norms = new TreeMap<>();
        sums.forEach((segment, measures) -> norms.put(segment, means(measures, all)));
        norms.put(Norms.EVERYBODY, means(all, all));
        norms.values().removeIf(Map::isEmpty);
        return new Norms(norms);
    }

    private static Map<String, Double> means(Map<String, Sum> measures, Map<String, Sum> everybody) {
        Map<String, Double> means = new TreeMap<>();
        measures.forEach((measure, own) -> {
            double all = everybody.getOrDefault(measure, own).mean();
            double mean = (own.total / SCALE + PRIOR_ACCOUNTS * all) / (own.accounts + PRIOR_ACCOUNTS);
            means.put(measure, Math.round(mean * 100) / 100.0);
        });
        return means;
    }

    private static final class Sum {
        private long total;
        private long accounts;

        private void add(long scores, long of) {
            total += scores;
            accounts += of;
        }

        private double mean() {
            return total / SCALE / accounts;
        }
    }
}
