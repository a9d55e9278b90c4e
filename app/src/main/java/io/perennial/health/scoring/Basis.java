package io.perennial.health.scoring;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/**
 * What the stored readings of many accounts have to agree with before a pass takes them for the facts.
 *
 * @param taken when the pass looked; who was scored later is not judged by it
 * @param until from then on it is too old to judge by
 * @param stamp see {@link Measures#stamp}
 * @param notConnected measures whose source never recorded a fact
 * @param moments for each account the last instant of the day up to then at which time alone moves its readings
 */
record Basis(
        Instant taken,
        Instant until,
        LocalDate day,
        int stamp,
        Set<String> notConnected,
        Map<AccountId, Instant> moments) {

    boolean standsAt(Instant now) {
        return now.isBefore(until) && day.equals(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /** Whether readings seen at that instant are still what the facts say now. */
    boolean standsSince(Instant seen, AccountId account) {
        Instant moment = moments.get(account);
        return !seen.isAfter(taken) && (moment == null || moment.isBefore(seen));
    }
}
