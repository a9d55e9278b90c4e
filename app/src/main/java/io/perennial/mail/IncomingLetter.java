package io.perennial.mail;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A letter that came in, taken apart. Everything in it was written by somebody else.
 *
 * @param messageId with its angle brackets; made up from the content when the sender gave none
 * @param references identities of earlier letters of the thread, oldest first, {@code In-Reply-To} last
 * @param from address of the sender in lower case, unproven unless {@code senderVerified}; empty when there is none
 * @param to addresses in lower case; {@code cc} too
 * @param text the new part, quotes and what follows them split off
 * @param html the whole letter sanitised, without remote pictures; null when it had none
 * @param receivedAt by our clock
 * @param bouncedAddress of {@link Kind#BOUNCE}: which address could not be reached
 * @param senderVerified whether the trusted mail server said that the domain of the sender vouches for the letter
 */
public record IncomingLetter(
        UUID id,
        String messageId,
        List<String> references,
        String from,
        @Nullable String fromName,
        List<String> to,
        List<String> cc,
        String subject,
        String text,
        String quoted,
        @Nullable String html,
        List<Attachment> files,
        Kind kind,
        Instant receivedAt,
        @Nullable String bouncedAddress,
        boolean senderVerified) {

    /** At most so many are named again; long threads would make headers that servers refuse. */
    private static final int MOST_REFERENCES = 20;

    /** Who wrote it, as far as can be told. Only {@link #PERSON} should ever be answered automatically. */
    public enum Kind {
        PERSON,
        /** Out of office and the like. */
        AUTO_REPLY,
        /** A mail server could not deliver something. */
        BOUNCE,
        /** A mail provider tells that a reader called a letter of ours unwanted. */
        COMPLAINT,
        /** One of our own letters came back, or the sender writes faster than people do. */
        LOOP,
        /** Sent to many. */
        LIST
    }

    /**
     * A file of the letter.
     *
     * @param file in {@code platform.files}; null when it was not taken
     * @param name as the sender called it, made safe
     * @param bytes its size, or at least so many when it was not taken
     * @param contentId by which the HTML names it when it is a picture inside the text
     * @param refused why it was not taken, a sentence for the sender
     */
    public record Attachment(
            @Nullable UUID file,
            String name,
            String type,
            long bytes,
            boolean inline,
            @Nullable String contentId,
            @Nullable String refused) {}

    /** Files that were not taken; the acknowledgement says so. */
    public List<Attachment> refusedFiles() {
        return files.stream().filter(file -> file.refused() != null).toList();
    }

    /** What an answer says as {@code References}. */
    String thread() {
        List<String> earlier = references.subList(Math.max(0, references.size() - MOST_REFERENCES), references.size());
        return (String.join(" ", earlier) + " " + messageId).strip();
    }
}
