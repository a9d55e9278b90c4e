package io.perennial.platform.records;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/**
 * Identities of rows: UUID version 7, ordered by time so that indexes grow at one end. The time inside comes from the
 * machine, not from the clock that tests move: it orders, it does not date.
 */
public final class Ids {

    private Ids() {}

    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
