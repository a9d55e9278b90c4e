package io.perennial.defects.notices;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How somebody wants to be told.
 *
 * @param byMail false: not at all, whatever the kinds say
 * @param changedBy null while nobody has said anything: by mail, at once
 */
public record Wish(
        UUID contact,
        boolean byMail,
        Frequency knownIssue,
        Frequency news,
        Frequency maintenance,
        @Nullable String changedBy,
        @Nullable Instant changedAt,
        int version) {

    static Wish unsaid(UUID contact) {
        return new Wish(contact, true, Frequency.AT_ONCE, Frequency.AT_ONCE, Frequency.AT_ONCE, null, null, 0);
    }

    public Frequency of(NoticeKind kind) {
        return switch (kind) {
            case KNOWN_ISSUE, FIX -> knownIssue;
            case UPDATE -> news;
            case MAINTENANCE -> maintenance;
        };
    }

    /** In one line. */
    public String words() {
        if (!byMail) {
            return "no letters";
        }
        return "known issues " + knownIssue.title().toLowerCase(Locale.ROOT) + ", maintenance "
                + maintenance.title().toLowerCase(Locale.ROOT) + ", news "
                + news.title().toLowerCase(Locale.ROOT);
    }
}
