package io.perennial.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Letters and tasks in order, at people of one role and behaviour, to bring a behaviour about.
 *
 * @param holdOut per cent of customers who get nothing, for comparison
 * @param joining people who come to fit later get it too
 * @param onlyOwner whose accounts it stays within; null: all
 * @param enrolled everybody whom it is for is written down
 */
public record Campaign(
        UUID id,
        long number,
        String name,
        State state,
        Audience audience,
        Goal goal,
        int holdOut,
        boolean joining,
        String mainLanguage,
        @Nullable UUID onlyOwner,
        boolean enrolled,
        @Nullable UUID job,
        String madeBy,
        Instant madeAt,
        @Nullable String startedBy,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int version,
        List<Step> steps) {

    /** Stored in lower case. */
    public enum State {
        DRAFT("Draft", "outline"),
        RUNNING("Running", "healthy"),
        PAUSED("Paused", "watch"),
        FINISHED("Finished", "outline"),
        CANCELLED("Cancelled", "at-risk");

        private final String title;
        private final String tone;

        State(String title, String tone) {
            this.title = title;
            this.tone = tone;
        }

        public String title() {
            return title;
        }

        public String tone() {
            return tone;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param subject of a task: what to do @param body Markdown with places in braces; of a task its script */
    public record Text(String subject, String body) {

        public boolean isBlank() {
            return subject.isBlank() && body.isBlank();
        }
    }

    /**
     * @param position from 1
     * @param task for the owner of the account, in place of a letter
     * @param waitDays after the step before
     * @param texts by language
     */
    public record Step(int position, boolean task, int waitDays, Map<String, Text> texts) {

        /** In the reader's language when it is written in it. */
        public Text text(String language, String mainLanguage) {
            return Objects.requireNonNullElse(texts.get(written(language, mainLanguage)), new Text("", ""));
        }

        public String written(String language, String mainLanguage) {
            Text own = texts.get(language);
            return own == null || own.isBlank() ? mainLanguage : language;
        }
    }

    public boolean isDraft() {
        return state == State.DRAFT;
    }

    public boolean isOnItsWay() {
        return state == State.RUNNING || state == State.PAUSED;
    }

    public String address() {
        return "/campaigns/" + id;
    }

    /** The feature that it speaks of, for its texts. */
    String feature() {
        return goal.feature().isEmpty() ? audience.feature() : goal.feature();
    }
}
