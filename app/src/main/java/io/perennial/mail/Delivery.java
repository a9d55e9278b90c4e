package io.perennial.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a letter.
 *
 * @param messageId that answers will refer to
 * @param settledAt when the state was reached; null while it waits
 * @param words what the server answered, or why it was not sent; null when nothing is known yet
 */
public record Delivery(
        UUID letter,
        String key,
        String purpose,
        String to,
        @Nullable UUID accountId,
        String messageId,
        State state,
        int attempts,
        @Nullable Instant settledAt,
        @Nullable String words) {

    /** Stored in lower case. */
    public enum State {
        /** Not tried yet, or tried in vain and to be tried again. */
        WAITING,
        /** Being handed over right now. */
        SENDING,
        /** The next mail server has taken it and answers for it. */
        ACCEPTED,
        /** Came back after it had been accepted, or was refused for its address. */
        BOUNCED,
        /** Given up. */
        FAILED,
        /** Not to be sent: the reader does not want it, or the address is dead. */
        WITHHELD;

        public String title() {
            return switch (this) {
                case WAITING -> "Waits";
                case SENDING -> "Being sent";
                case ACCEPTED -> "Sent";
                case BOUNCED -> "Bounced";
                case FAILED -> "Failed";
                case WITHHELD -> "Withheld";
            };
        }
    }
}
