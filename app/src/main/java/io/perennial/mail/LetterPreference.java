package io.perennial.mail;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a reader wants or does not want; asked right before a letter leaves, not when it is posted. */
public interface LetterPreference {

    record Addressed(
            String purpose,
            String to,
            @Nullable UUID accountId,
            @Nullable UUID contactId) {}

    /** @return why the letter must not be sent, as a sentence; empty when it may */
    Optional<String> against(Addressed letter);
}
