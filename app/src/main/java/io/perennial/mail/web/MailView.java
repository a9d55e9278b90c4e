package io.perennial.mail.web;

import io.perennial.mail.Delivery.State;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.Ways.Way;
import io.perennial.mail.out.Suppression.DeadAddress;
import io.perennial.platform.web.Tab;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mail on one page.
 *
 * @param problem why a form was refused
 */
public record MailView(
        List<Door> doors,
        List<String> troubles,
        List<Tab> tabs,
        List<Sent> letters,
        List<Received> unread,
        long unreadCount,
        List<DeadAddress> dead,
        String testTo,
        @Nullable String problem) {

    /**
     * A way out or in.
     *
     * @param where host, port and how it is protected; what to set when it is off
     */
    public record Door(
            String title,
            String where,
            boolean on,
            @Nullable Way way) {

        public String state() {
            if (!on) {
                return "Off";
            }
            return way == null ? "Not tried yet" : way.trouble() == null ? "Works" : "Trouble";
        }

        public String tone() {
            return switch (state()) {
                case "Works" -> "healthy";
                case "Trouble" -> "at-risk";
                default -> "outline";
            };
        }
    }

    public record Sent(
            UUID id,
            String to,
            @Nullable String toName,
            String subject,
            String purpose,
            State state,
            int attempts,
            Instant postedAt,
            @Nullable Instant settledAt,
            Instant nextTryAt,
            @Nullable String words) {

        public String tone() {
            return switch (state) {
                case ACCEPTED -> "healthy";
                case WAITING, SENDING -> "watch";
                case BOUNCED, FAILED -> "at-risk";
                case WITHHELD -> "outline";
            };
        }

        public boolean waits() {
            return state == State.WAITING;
        }

        public boolean mayGoAgain() {
            return state == State.FAILED || state == State.BOUNCED || state == State.WITHHELD;
        }
    }

    /** @param outcome null when nobody knows: the server may have taken the letter when we went down */
    public record Try(
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String words) {}

    public record Received(
            UUID id,
            String from,
            @Nullable String fromName,
            String subject,
            String kind,
            Instant receivedAt,
            @Nullable String takenBy,
            @Nullable String reason) {

        public String title() {
            return subject.isBlank() ? "(no subject)" : subject;
        }

        public String kindTitle() {
            return switch (IncomingLetter.Kind.valueOf(kind)) {
                case PERSON -> "Person";
                case AUTO_REPLY -> "Automatic reply";
                case BOUNCE -> "Bounce";
                case COMPLAINT -> "Complaint";
                case LOOP -> "Loop";
                case LIST -> "List";
            };
        }
    }

    public record LetterPage(Sent letter, List<Try> tries) {}

    public record ReceivedPage(Received letter, IncomingLetter content) {}
}
