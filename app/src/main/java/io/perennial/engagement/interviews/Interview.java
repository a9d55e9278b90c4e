package io.perennial.engagement.interviews;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation along questions.
 *
 * @param version of the record, for saving it again
 */
public record Interview(
        UUID id,
        String externalId,
        int version,
        AccountId account,
        String accountName,
        LocalDate heldOn,
        @Nullable UUID contact,
        @Nullable String contactName,
        @Nullable String memberName,
        String questionnaire,
        @Nullable Integer questionnaireVersion,
        @Nullable String summary,
        @Nullable String sentiment,
        List<Answer> answers) {

    /**
     * @param question key
     * @param score 1 to 5 where it is rated
     * @param task what follows from it; null when nothing does
     */
    public record Answer(
            UUID id,
            String question,
            @Nullable String body,
            @Nullable Integer score,
            @Nullable String sentiment,
            @Nullable UUID task,
            @Nullable String taskTitle,
            boolean taskDone) {}

    Interview with(List<Answer> said) {
        return new Interview(
                id,
                externalId,
                version,
                account,
                accountName,
                heldOn,
                contact,
                contactName,
                memberName,
                questionnaire,
                questionnaireVersion,
                summary,
                sentiment,
                said);
    }

    public @Nullable Answer answer(String question) {
        return answers.stream()
                .filter(one -> one.question().equals(question))
                .findFirst()
                .orElse(null);
    }
}
