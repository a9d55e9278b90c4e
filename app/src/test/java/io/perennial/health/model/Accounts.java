package io.perennial.health.model;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Accounts of every kind for the standard model; seeded. */
final class Accounts {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    static final HealthModel STANDARD = DefaultModels.standard();
    private static final String[] SEGMENTS = {"Enterprise", "Mid-market", "SMB", ""};

    private final Random luck;

    Accounts(long seed) {
        luck = new Random(seed);
    }

    /** Some measures known, fresh or old, some unknown, some that do not apply. */
    AccountReadings any() {
        Map<String, Reading> readings = new HashMap<>();
        Set<String> notApplicable = new HashSet<>();
        for (MeasureRule rule : STANDARD.rules()) {
            double fate = luck.nextDouble();
            if (fate < 0.05) {
                notApplicable.add(rule.measure());
            } else if (fate < 0.85) {
                readings.put(rule.measure(), reading(rule));
            }
        }
        String stage = luck.nextInt(5) == 0 ? "onboarding" : "live";
        return new AccountReadings(SEGMENTS[luck.nextInt(SEGMENTS.length)], stage, readings, notApplicable, Set.of());
    }

    private Reading reading(MeasureRule rule) {
        return new Reading(value(rule), TODAY.minusDays(luck.nextInt(60)), "as drawn");
    }

    /** Anywhere on the curve and a little beyond its ends. */
    double value(MeasureRule rule) {
        double least = rule.curve().knots().getFirst().at();
        double most = rule.curve().knots().getLast().at();
        return least + (most - least) * (luck.nextDouble() * 1.2 - 0.1);
    }

    MeasureRule anyOf(Iterable<MeasureRule> rules, int size) {
        int wanted = luck.nextInt(size);
        for (MeasureRule rule : rules) {
            if (wanted-- == 0) {
                return rule;
            }
        }
        throw new IllegalStateException("No rules");
    }

    Norms norms() {
        NormsCount count = new NormsCount(STANDARD);
        for (int i = 0; i < 300; i++) {
            count.add(any(), TODAY);
        }
        return count.seal();
    }
}
