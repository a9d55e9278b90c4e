package io.perennial.campaigns;

import io.perennial.mail.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody at a customer said about letters of one kind, once.
 *
 * @param granted whether they agreed; else they want none
 * @param source where it was said; see {@link Consents}
 * @param wording what they agreed or objected to, as far as it was kept
 */
public record Consent(
        UUID id,
        Purpose purpose,
        boolean granted,
        Instant at,
        String source,
        @Nullable String wording,
        @Nullable String saidBy) {

    /** As people read it. */
    public String sourceWords() {
        return switch (source) {
            case Consents.ONE_CLICK -> "by the link in a letter";
            case Consents.CHOICES -> "on the page behind the link";
            case Consents.COMPLAINT -> "told by the mail provider";
            case Consents.BY_LETTER -> "by letter";
            default -> source;
        };
    }

    public String words() {
        return granted ? "wants them" : "wants none";
    }
}
