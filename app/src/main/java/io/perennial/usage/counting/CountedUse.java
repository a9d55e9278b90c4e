package io.perennial.usage.counting;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Adds what was counted from events to the facts of use and everything rolled up from them. */
public interface CountedUse {

    /**
     * Adds, in the caller's transaction, and marks the accounts as changed. Who calls twice counts twice: that each event
     * is counted once is the caller's part, in the same transaction.
     */
    void add(Collection<Count> counts, Instant now);

    /**
     * Begins to count some days anew, in the caller's transaction, in which nobody else may count. What files and people
     * said about the days stays.
     *
     * @param account whose days; null for every account
     */
    Recount recount(@Nullable AccountId account, LocalDate first, LocalDate last, Instant now);

    /** Everything that is to stand there instead of what stands there now. */
    interface Recount {

        /** Lists may come in any number and repeat a key, whose counts are then added up. */
        void add(Collection<Count> counts);

        /** @return how many days of accounts were different, and are right now */
        int apply();
    }
}
