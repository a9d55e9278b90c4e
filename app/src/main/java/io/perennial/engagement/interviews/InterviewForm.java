package io.perennial.engagement.interviews;

import io.perennial.engagement.interviews.Questionnaire.Question;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was typed about an interview, kept as typed. Fields of a question are {@code body.goals}, {@code score.goals},
 * {@code mood.goals} and {@code follow.goals}.
 *
 * @param seen version of the record that the form showed; 0 for a new one
 */
public record InterviewForm(
        Map<String, String> typed, int seen, @Nullable String problem) {

    public static InterviewForm empty() {
        return new InterviewForm(Map.of(), 0, null);
    }

    /** What is known already, to be changed. */
    public static InterviewForm of(Interview interview) {
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("heldOn", interview.heldOn().toString());
        typed.put(
                "contact",
                interview.contact() == null ? "" : interview.contact().toString());
        typed.put("summary", Objects.requireNonNullElse(interview.summary(), ""));
        typed.put("mood", Objects.requireNonNullElse(interview.sentiment(), ""));
        for (Interview.Answer answer : interview.answers()) {
            typed.put("body." + answer.question(), Objects.requireNonNullElse(answer.body(), ""));
            typed.put(
                    "score." + answer.question(),
                    answer.score() == null ? "" : answer.score().toString());
            typed.put("mood." + answer.question(), Objects.requireNonNullElse(answer.sentiment(), ""));
        }
        return new InterviewForm(typed, interview.version(), null);
    }

    public InterviewForm with(String reason) {
        return new InterviewForm(typed, seen, reason);
    }

    public String said(String field) {
        return Objects.requireNonNullElse(typed.get(field), "")
                .replace("\0", "")
                .replace("\r\n", "\n")
                .strip();
    }

    boolean answers(Question question) {
        return !said("body." + question.key()).isEmpty()
                || !said("score." + question.key()).isEmpty();
    }
}
