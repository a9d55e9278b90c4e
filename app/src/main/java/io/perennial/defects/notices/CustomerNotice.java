package io.perennial.defects.notices;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that we tell customers.
 *
 * @param key of what it came from: of a fix it names the defect and its release
 * @param windowFrom of a maintenance, shown to each reader in their own time
 * @param onlyOwner whose accounts it may reach; null for all
 * @param texts by language; always one in the main language
 */
public record CustomerNotice(
        UUID id,
        long number,
        String key,
        NoticeKind kind,
        @Nullable UUID defect,
        State state,
        @Nullable Instant windowFrom,
        @Nullable Instant windowTo,
        Audience audience,
        @Nullable UUID onlyOwner,
        String mainLanguage,
        Map<String, Text> texts,
        String madeBy,
        Instant madeAt,
        @Nullable String sentBy,
        @Nullable Instant sentAt,
        @Nullable Instant finishedAt,
        int version) {

    /** @param body Markdown */
    public record Text(String subject, String body) {}

    /** How far it is. */
    public enum State {
        DRAFT("Draft"),
        SENDING("Being sent"),
        PAUSED("Paused"),
        SENT("Sent"),
        CANCELLED("Cancelled");

        private final String title;

        State(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        public @Nullable String tone() {
            return switch (this) {
                case DRAFT, CANCELLED -> null;
                case SENDING -> "accent";
                case PAUSED -> "watch";
                case SENT -> "healthy";
            };
        }
    }

    /** In that language, else in the main one. */
    public Text text(String language) {
        Text written = texts.get(language);
        return written != null ? written : main();
    }

    /** Whether somebody who reads that language is written to in it. */
    String written(String language) {
        return texts.containsKey(language) ? language : mainLanguage;
    }

    public Text main() {
        return texts.getOrDefault(mainLanguage, new Text("", ""));
    }

    public String title() {
        return main().subject().isBlank() ? kind.title() + " without a subject" : main().subject();
    }

    /** Also tells the outbox which notice a letter belongs to, so that a cancelled one does not leave. */
    String purpose() {
        return "notice-" + number + "-" + kind.key();
    }
}
