package io.perennial.usage.counting;

import java.time.Instant;
import java.util.Collection;

/** Adds what was counted from events to the facts of use and everything rolled up from them. */
public interface CountedUse {

    /**
     * Adds, in the caller's transaction, and marks the accounts as changed. Who calls twice counts twice: that each event
     * is counted once is the caller's part, in the same transaction.
     */
    void add(Collection<Count> counts, Instant now);
}
