package io.perennial.engagement.capture;

import io.perennial.mail.IncomingLetter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A letter between one of us and a customer, as far as it is kept.
 *
 * @param thread the oldest letter that is known of the thread
 * @param member the colleague who wrote it; null when the customer did
 * @param answered whether the customer wrote before it in the same thread
 */
record Captured(
        UUID letter,
        String messageId,
        String thread,
        @Nullable UUID member,
        String from,
        String subject,
        String body,
        boolean answered,
        Instant at) {

    private static final int LONGEST_SUBJECT = 300;
    static final int LONGEST_BODY = 20_000;

    static Captured of(IncomingLetter letter, String thread, @Nullable UUID member, boolean answered) {
        return new Captured(
                letter.id(),
                letter.messageId(),
                thread,
                member,
                letter.from(),
                cut(letter.subject().strip(), LONGEST_SUBJECT),
                cut(letter.text().strip(), LONGEST_BODY),
                answered,
                letter.receivedAt());
    }

    static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
    }

    /** Identities by which a thread may be known already, its own first. */
    static List<String> identities(IncomingLetter letter) {
        List<String> references = letter.references();
        return references.subList(Math.max(0, references.size() - 20), references.size());
    }
}
