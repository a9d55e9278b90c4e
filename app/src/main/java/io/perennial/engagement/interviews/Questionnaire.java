package io.perennial.engagement.interviews;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Questions as text, one a line: {@code key: What do you want to reach this year?}, with {@code [1-5]} behind those that are rated
 * too, {@code # Heading} for a part, and {@code > hint} for whoever asks. The key stays the same while the words may change, so that
 * answers can be compared.
 */
public record Questionnaire(List<Question> questions) {

    private static final int MOST = 40;
    private static final int LONGEST_BODY = 20_000;
    private static final Pattern LINE = Pattern.compile("([a-z][a-z0-9-]{0,39})\\s*:\\s*(\\S.{0,299}?)\\s*(\\[1-5])?");

    /**
     * @param part heading above it; empty for none
     * @param hint for whoever asks; empty for none
     * @param rated whether it is answered with 1 to 5 as well
     */
    public record Question(String key, String part, String words, String hint, boolean rated) {}

    /** A text that is no questionnaire, in words for the person who wrote it. */
    public static final class BadQuestionnaire extends IllegalArgumentException {

        BadQuestionnaire(String message) {
            super(message);
        }
    }

    /** @throws BadQuestionnaire naming the line */
    public static Questionnaire parse(String body) {
        if (body.length() > LONGEST_BODY || body.indexOf('\0') >= 0) {
            throw new BadQuestionnaire("A questionnaire has up to 20,000 characters.");
        }
        List<Question> questions = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        String part = "";
        int number = 0;
        for (String raw : body.split("\\R", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith("#")) {
                part = line.substring(1).strip();
            } else if (line.startsWith(">") && !questions.isEmpty()) {
                Question last = questions.removeLast();
                String hint = (last.hint() + " " + line.substring(1).strip()).strip();
                questions.add(new Question(last.key(), last.part(), last.words(), hint, last.rated()));
            } else {
                questions.add(question(line, part, number, keys));
            }
        }
        if (questions.isEmpty() || questions.size() > MOST) {
            throw new BadQuestionnaire("A questionnaire has between 1 and 40 questions.");
        }
        return new Questionnaire(List.copyOf(questions));
    }

    private static Question question(String line, String part, int number, Set<String> keys) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new BadQuestionnaire("Line " + number
                    + " is no question. Write it as goals: What do you want to reach this year? and put [1-5] behind it when it"
                    + " is rated.");
        }
        if (!keys.add(matcher.group(1))) {
            throw new BadQuestionnaire("Line " + number + " uses the key " + matcher.group(1) + " a second time.");
        }
        return new Question(matcher.group(1), part, matcher.group(2), "", matcher.group(3) != null);
    }

    public Optional<Question> question(String key) {
        return questions.stream().filter(one -> one.key().equals(key)).findFirst();
    }

    /** Name of the one that the product ships. */
    public static final String USUAL_NAME = "Relationship interview";

    /** Goal, value, use, service, the relationship and what comes next: what a score does not tell. */
    static final String USUAL = """
            # What they want
            goals: What do you want to reach this year, and how would you know that you have?
            > Their own numbers. Write them into the success plan.

            # What they got
            value: How much of what you bought it for have you got? [1-5]
            proof: If you had to justify us to your management tomorrow, what would you say?

            # Use
            use: Who works with it every day, who stopped, and why?

            # Service
            service: How good are the people and the help that you get? [1-5]
            promises: What did we promise and not keep?

            # The relationship
            change: What is changing with you: people, budget, plans?
            alternatives: What else do you look at, or would you, and why?
            renewal: How sure are you that you will renew? [1-5]

            # Next
            advice: What is the one thing that we should do next?
            > End with it, and say by when you come back with an answer.
            """;
}
