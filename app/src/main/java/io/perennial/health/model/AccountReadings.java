package io.perennial.health.model;

import io.perennial.health.measures.Measure;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one account at one instant. A measure that is in none of the three collections is unknown.
 *
 * @param segment empty when the account has none
 * @param stage lifecycle stage, e.g. "onboarding"
 * @param notApplicable measures that make no sense for this account
 * @param notConnected measures whose source was never connected for anybody
 */
public record AccountReadings(
        String segment,
        @Nullable String stage,
        Map<String, Reading> readings,
        Set<String> notApplicable,
        Set<String> notConnected) {

    /** Whether the account was a customer and is none any more. */
    public boolean left() {
        return readings.containsKey(Measure.CUSTOMER_LEFT);
    }

    /** The same account with one more or another reading: the question "what if". */
    public AccountReadings with(String measure, Reading reading) {
        Map<String, Reading> changed = new HashMap<>(readings);
        changed.put(measure, reading);
        return new AccountReadings(segment, stage, changed, notApplicable, notConnected);
    }
}
