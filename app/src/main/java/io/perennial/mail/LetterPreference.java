package io.perennial.mail;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants or does not want; asked right before a letter leaves, not when it is posted. One door for whoever speaks for
 * the reader: everybody who sends is held to it without having to know it.
 */
public interface LetterPreference {

    /** @param purpose what exactly it is, for the log @param serves what it is sent for */
    record Addressed(
            UUID letter,
            String key,
            String purpose,
            Purpose serves,
            String to,
            @Nullable UUID accountId,
            @Nullable UUID contactId,
            Instant postedAt) {}

    /** @param until when it is asked again @param why a sentence */
    record Later(Instant until, String why) {}

    /** @return why the letter must not be sent, as a sentence; empty when it may */
    Optional<String> against(Addressed letter);

    /** Asked when nothing is against it. @return until when the letter has to wait; empty when it may leave now */
    default Optional<Later> later(Addressed letter) {
        return Optional.empty();
    }
}
