package io.perennial.health.measures;

import io.perennial.shared.AccountId;
import java.time.Instant;

/** Collects instants at which the readings of an account change for no other reason than that time passes. */
@FunctionalInterface
public interface Moments {

    void at(AccountId account, Instant moment);
}
