package io.perennial.health.scoring;

import io.perennial.health.measures.Readings;
import io.perennial.health.model.Reading;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all sources read for one chunk of accounts. */
final class ReadingTable implements Readings {

    private static final int MEASURES = 32;

    private final Map<AccountId, Map<String, Reading>> known = new HashMap<>();
    private final Map<AccountId, Set<String>> notApplicable = new HashMap<>();
    private @Nullable AccountId latest;
    private Map<String, Reading> ofLatest = new HashMap<>();

    @Override
    public void read(AccountId account, String measure, double value, LocalDate observedOn, String evidence) {
        read(account, measure, value, observedOn, () -> evidence);
    }

    @Override
    public void read(AccountId account, String measure, double value, LocalDate observedOn, Supplier<String> evidence) {
        if (!account.equals(latest)) {
            // Sources read one account after another: the look into the large map is for each account, not each
            // measure.
            ofLatest = known.computeIfAbsent(account, id -> HashMap.newHashMap(MEASURES));
            latest = account;
        }
        ofLatest.put(measure, new Reading(value, observedOn, evidence));
    }

    @Override
    public void notApplicable(AccountId account, String measure) {
        notApplicable.computeIfAbsent(account, id -> new HashSet<>()).add(measure);
    }

    Map<String, Reading> of(AccountId account) {
        return known.getOrDefault(account, Map.of());
    }

    Set<String> notApplicableTo(AccountId account) {
        return notApplicable.getOrDefault(account, Set.of());
    }
}
