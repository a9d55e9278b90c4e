package io.perennial.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Is told, in the same transaction, that a letter of ours did not reach its reader. */
public interface BounceListener {

    /**
     * @param letter as {@link Outbox#post} returned it
     * @param permanent whether the address is dead; else this letter was not wanted, for its size for instance
     * @param reason what the mail server said
     */
    record Bounce(
            UUID letter,
            String key,
            String purpose,
            String address,
            @Nullable UUID accountId,
            @Nullable UUID contactId,
            boolean permanent,
            String reason,
            Instant at) {}

    void bounced(Bounce bounce);
}
