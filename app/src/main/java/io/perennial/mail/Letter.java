package io.perennial.mail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A letter to one person.
 *
 * @param key what makes it the same letter when it is posted again, such as {@code case:<id>:acknowledgement}
 * @param to one address, checked here
 * @param toName line breaks are taken out, here and in the subject
 * @param text the plain part, always there
 * @param html the same for programs that show it; already harmless
 * @param headers further ones, such as {@code In-Reply-To}, {@code Reply-To}, {@code Auto-Submitted}; not those that the outbox writes
 * @param files of {@code platform.files}, as attachments
 * @param purpose what exactly it is, for the log, such as {@code case-acknowledgement}
 * @param serves what it is sent for: whether its reader may say no to it
 */
public record Letter(
        String key,
        String to,
        @Nullable String toName,
        String subject,
        String text,
        @Nullable String html,
        Map<String, String> headers,
        List<UUID> files,
        String purpose,
        @Nullable UUID accountId,
        @Nullable UUID contactId,
        Purpose serves) {

    /** Written by the outbox itself. */
    private static final Set<String> OURS = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "subject",
            "date",
            "message-id",
            "sender",
            "return-path",
            "mime-version",
            "received",
            "resent-to",
            "resent-cc",
            "resent-bcc");

    private static final int LONGEST_SUBJECT = 500;
    private static final int LONGEST_HEADER = 8_000;

    /** @throws IllegalArgumentException with a sentence for the person who typed the address, or for the programmer */
    public Letter {
        if (key.isBlank()) {
            throw new IllegalArgumentException("A letter needs a key.");
        }
        to = MailAddress.of(to);
        toName = toName == null ? null : MailAddress.oneLine(toName);
        subject = MailAddress.oneLine(subject);
        subject = subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT - 1) + "…" : subject;
        headers.forEach(Letter::check);
        headers = Map.copyOf(headers);
        files = List.copyOf(files);
    }

    /** A letter that its reader asked for or that concerns a contract. */
    public Letter(
            String key,
            String to,
            @Nullable String toName,
            String subject,
            String text,
            @Nullable String html,
            Map<String, String> headers,
            List<UUID> files,
            String purpose,
            @Nullable UUID accountId,
            @Nullable UUID contactId) {
        this(
                key,
                to,
                toName,
                subject,
                text,
                html,
                headers,
                files,
                purpose,
                accountId,
                contactId,
                Purpose.TRANSACTIONAL);
    }

    /** A plain letter about nothing in particular. */
    public static Letter plain(String key, String to, String subject, String text, String purpose) {
        return new Letter(key, to, null, subject, text, null, Map.of(), List.of(), purpose, null, null);
    }

    /** The same letter with one more header. */
    public Letter with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Letter(key, to, toName, subject, text, html, more, files, purpose, accountId, contactId, serves);
    }

    /**
     * The same letter, sent for this. All but transactional ones get a foot with the way to no more of them, and
     * {@code List-Unsubscribe} with one click (RFC 8058) unless they bring their own.
     */
    public Letter serving(Purpose what) {
        return new Letter(key, to, toName, subject, text, html, headers, files, purpose, accountId, contactId, what);
    }

    /** The same letter, which is written in this language; its foot is too. @param language as {@code de} */
    public Letter in(String language) {
        return with("Content-Language", language);
    }

    /** The same letter as an answer that no person wrote; other machines must not answer it. */
    public Letter automatic() {
        return with("Auto-Submitted", "auto-replied").with("X-Auto-Response-Suppress", "All");
    }

    /** The same letter in the thread of one that came in. */
    public Letter answering(IncomingLetter letter) {
        return with("In-Reply-To", letter.messageId()).with("References", letter.thread());
    }

    /** Whether a machine wrote it. */
    public boolean isAutomatic() {
        return headers.entrySet().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Auto-Submitted")
                        && !header.getValue().equalsIgnoreCase("no"));
    }

    private static void check(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.matches("[a-z0-9-]{1,70}")
                || OURS.contains(lower)
                || lower.startsWith("content-") && !lower.equals("content-language")
                || lower.startsWith("x-perennial-")) {
            throw new IllegalArgumentException("A letter may not bring the header " + MailAddress.oneLine(name) + ".");
        }
        if (value.length() > LONGEST_HEADER || value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("The value of " + name + " must be one line of printable characters.");
        }
    }
}
