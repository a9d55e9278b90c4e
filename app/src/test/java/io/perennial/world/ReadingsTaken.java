package io.perennial.world;

import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a source of measures read, to ask in a test. */
public final class ReadingsTaken implements Readings {

    /** One reading, compared as a whole. */
    public record Taken(double value, LocalDate observedOn, String evidence) {}

    private final Map<AccountId, Map<String, Taken>> taken = new HashMap<>();
    private final Map<AccountId, Set<String>> notApplicable = new HashMap<>();

    @Override
    public void read(AccountId account, String measure, double value, LocalDate observedOn, String evidence) {
        taken.computeIfAbsent(account, key -> new TreeMap<>()).put(measure, new Taken(value, observedOn, evidence));
    }

    @Override
    public void notApplicable(AccountId account, String measure) {
        notApplicable.computeIfAbsent(account, key -> new HashSet<>()).add(measure);
    }

    public Map<String, Taken> of(AccountId account) {
        return taken.getOrDefault(account, Map.of());
    }

    public boolean isRead(AccountId account, String measure) {
        return of(account).containsKey(measure);
    }

    public boolean isNotApplicable(AccountId account, String measure) {
        return notApplicable.getOrDefault(account, Set.of()).contains(measure);
    }

    public double value(AccountId account, String measure) {
        return one(account, measure).value();
    }

    public String evidence(AccountId account, String measure) {
        return one(account, measure).evidence();
    }

    public LocalDate observedOn(AccountId account, String measure) {
        return one(account, measure).observedOn();
    }

    private Taken one(AccountId account, String measure) {
        Taken reading = of(account).get(measure);
        if (reading == null) {
            throw new AssertionError(
                    "No " + measure + " was read: " + of(account).keySet());
        }
        return reading;
    }
}
