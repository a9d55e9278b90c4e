package io.perennial.surveys;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A survey: what is asked, of whom and when.
 *
 * @param texts by language, at least one
 * @param portfolioOf whose accounts are asked; null for all
 * @param beganOn first day of asking; null while it is a draft
 * @param version for editing by two people at once
 */
public record Survey(
        UUID id,
        String name,
        SurveyKind kind,
        Map<String, Texts> texts,
        boolean anonymous,
        Audience audience,
        Schedule schedule,
        Care care,
        State state,
        @Nullable UUID portfolioOf,
        @Nullable LocalDate beganOn,
        @Nullable Instant closedAt,
        String createdBy,
        Instant updatedAt,
        int version) {

    /** @param opening of the letter, before the question */
    public record Texts(String subject, String opening, String question, String followUp) {}

    /**
     * @param roles of contacts; empty for all
     * @param filters on accounts, as {@code accounts.list.Filter} writes them
     * @param percent of those, chosen by chance and for good
     */
    public record Audience(List<String> roles, List<String> filters, int percent) {}

    /**
     * @param everyMonths between two questions to one person, for {@link When#REPEAT}
     * @param occasion key of an {@link SurveyOccasions.Kind}, for {@link When#AFTER}
     * @param occasionDays after it
     */
    public record Schedule(
            When when,
            @Nullable Integer everyMonths,
            @Nullable String occasion,
            @Nullable Integer occasionDays) {}

    /**
     * What happens around the question.
     *
     * @param openDays a link works
     * @param reminderDays after which who is silent is reminded, once; null for never
     * @param followUpDays until an unhappy answer is to be followed up
     * @param followUpOwner for accounts without an owner
     * @param heardLetter whether the unhappy get a letter that says who will call
     */
    public record Care(
            int openDays,
            @Nullable Integer reminderDays,
            int followUpDays,
            @Nullable UUID followUpOwner,
            boolean heardLetter) {}

    public enum When {
        ONCE("once", "Once"),
        REPEAT("repeat", "Again and again"),
        AFTER("after", "After an event");

        private final String key;
        private final String title;

        When(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }
    }

    public enum State {
        DRAFT("draft", "Draft"),
        RUNNING("running", "Running"),
        CLOSED("closed", "Closed");

        private final String key;
        private final String title;

        State(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }
    }

    /** The texts in that language, else in English, else in the first that there is. */
    public Texts in(String language) {
        return Objects.requireNonNull(texts.get(spoken(language)));
    }

    /** The language in which somebody is asked: their own where there are texts in it. */
    public String spoken(@Nullable String language) {
        String code = AskingWords.code(language);
        if (texts.containsKey(code)) {
            return code;
        }
        return texts.containsKey("en") ? "en" : texts.keySet().iterator().next();
    }
}
