package io.perennial.health.measures;

import io.perennial.shared.AccountId;
import java.util.Collection;

/** Told inside the transaction in which signals of these accounts opened or closed. */
public interface SignalListener {

    void moved(Collection<AccountId> accounts);
}
