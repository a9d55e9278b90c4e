package io.perennial.platform.records;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identities of rows: UUID version 7, ordered by time so that indexes grow at one end. The time inside comes from the
 * machine, not from the clock that tests move: it orders, it does not date.
 */
public final class Ids {

    private static final Pattern WRITTEN = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Ids() {}

    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** As an address or a form carries it; empty for anything else. */
    public static Optional<UUID> read(String text) {
        return WRITTEN.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
