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
    private final Map<String, Map<String, Sum>> sums = new TreeMap<>();

    public NormsCount(HealthModel model) {
        this.model = model;
    }

    /** Counts what is known and fresh of this account, unless it has left: customers are compared with customers. */
    public void add(AccountReadings account, LocalDate today) {
        if (account.left()) {
            return;
        }
        for (MeasureRule rule : model.rulesFor(account.segment(), account.stage())) {
            Reading reading = account.readings().get(rule.measure());
            if (reading == null
                    || account.notApplicable().contains(rule.measure())
                    || account.notConnected().contains(rule.measure())
                    || rule.fromTheFuture(reading, today)
                    || rule.expired(reading, today)) {
                continue;
            }
            long score = Math.round(rule.curve().at(reading.value()) * SCALE);
            sum(account.segment(), rule.measure()).add(score);
            sum(Norms.EVERYBODY, rule.measure()).add(score);
        }
    }

    /** The means, those of small segments drawn towards everybody's; two decimals. */
    public Norms seal() {
        Map<String, Map<String, Double>> norms = new TreeMap<>();
        Map<String, Sum> everybody = sums.getOrDefault(Norms.EVERYBODY, Map.of());
        sums.forEach((segment, measures) -> {
            Map<String, Double> means = new TreeMap<>();
            measures.forEach((measure, own) -> {
                double all = everybody.getOrDefault(measure, own).mean();
                double mean = (own.total / SCALE + PRIOR_ACCOUNTS * all) / (own.accounts + PRIOR_ACCOUNTS);
                means.put(measure, Math.round(mean * 100) / 100.0);
            });
            norms.put(segment, means);
        });
        return new Norms(norms);
    }

    private Sum sum(String segment, String measure) {
        return sums.computeIfAbsent(segment, s -> new HashMap<>()).computeIfAbsent(measure, m -> new Sum());
    }

    private static final class Sum {
        private long total;
        private long accounts;

        private void add(long score) {
            total += score;
            accounts++;
        }

        private double mean() {
            return total / SCALE / accounts;
        }
    }
}
