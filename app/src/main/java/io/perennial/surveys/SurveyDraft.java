package io.perennial.surveys;

import io.perennial.accounts.list.Filter;
import io.perennial.accounts.list.ListView;
import io.perennial.surveys.Survey.Audience;
import io.perennial.surveys.Survey.Care;
import io.perennial.surveys.Survey.Schedule;
import io.perennial.surveys.Survey.Texts;
import io.perennial.surveys.Survey.When;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was typed to define a survey, kept as typed. Numbers may be empty where nothing is wanted. */
public record SurveyDraft(
        String name,
        String kind,
        Map<String, Texts> texts,
        boolean anonymous,
        List<String> roles,
        List<String> filters,
        String percent,
        String when,
        String everyMonths,
        String occasion,
        String occasionDays,
        String openDays,
        String reminderDays,
        String followUpDays,
        String followUpOwner,
        boolean heardLetter) {

    static final int LONGEST_NAME = 150;
    static final int LONGEST_SUBJECT = 200;
    static final int LONGEST_TEXT = 2_000;
    private static final int MOST_ROLES = 30;
    private static final int MOST_FILTERS = 10;

    public static SurveyDraft fresh(SurveyKind kind) {
        return new SurveyDraft(
                "",
                kind.key(),
                Map.of("en", AskingWords.in("en").texts(kind)),
                false,
                List.of(),
                List.of(),
                "100",
                When.ONCE.key(),
                "6",
                AccountOccasions.CUSTOMER_SINCE,
                "30",
                "30",
                "7",
                "3",
                "",
                true);
    }

    public static SurveyDraft of(Survey survey) {
        return new SurveyDraft(
                survey.name(),
                survey.kind().key(),
                survey.texts(),
                survey.anonymous(),
                survey.audience().roles(),
                survey.audience().filters(),
                String.valueOf(survey.audience().percent()),
                survey.schedule().when().key(),
                text(survey.schedule().everyMonths()),
                Optional.ofNullable(survey.schedule().occasion()).orElse(""),
                text(survey.schedule().occasionDays()),
                String.valueOf(survey.care().openDays()),
                text(survey.care().reminderDays()),
                String.valueOf(survey.care().followUpDays()),
                text(survey.care().followUpOwner()),
                survey.care().heardLetter());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** @throws SurveyRefused naming the field that is wrong */
    String checkedName() {
        String stripped = name.replace("\0", "").strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
            throw new SurveyRefused(
                    "name", "A survey needs a name of up to " + LONGEST_NAME + " characters; readers do not see it.");
        }
        return stripped;
    }

    SurveyKind checkedKind() {
        return SurveyKind.of(kind)
                .orElseThrow(
                        () -> new SurveyRefused("kind", "Choose what is asked: nps, csat, ces, success or renewal."));
    }

    Map<String, Texts> checkedTexts() {
        Map<String, Texts> checked = new LinkedHashMap<>();
        for (String language : AskingWords.LANGUAGES) {
            Texts typed = texts.get(language);
            if (typed != null && !typed.question().isBlank()) {
                checked.put(
                        language,
                        new Texts(
                                text(language, "subject", typed.subject(), LONGEST_SUBJECT, true),
                                text(language, "opening", typed.opening(), LONGEST_TEXT, false),
                                text(language, "question", typed.question(), LONGEST_TEXT, true),
                                text(language, "followUp", typed.followUp(), LONGEST_TEXT, false)));
            }
        }
        for (String language : texts.keySet()) {
            if (!AskingWords.LANGUAGES.contains(language)) {
                throw new SurveyRefused(
                        "texts",
                        "Languages are " + String.join(", ", AskingWords.LANGUAGES) + ", not “" + shown(language)
                                + "”.");
            }
        }
        if (checked.isEmpty()) {
            throw new SurveyRefused("texts", "Write the question in at least one language.");
        }
        return checked;
    }

    private static String shown(String text) {
        return text.length() > 20 ? text.substring(0, 20) + "…" : text;
    }

    private static String text(String language, String part, String typed, int longest, boolean needed) {
        String field = part + "-" + language;
        String stripped = typed.replace("\0", "").replace("\r\n", "\n").strip();
        String title = AskingWords.in(language).name();
        if (needed && stripped.isEmpty()) {
            throw new SurveyRefused(field, title + ": write the " + part + ".");
        }
        if (stripped.length() > longest) {
            throw new SurveyRefused(
                    field,
                    title + ": the " + part + " has at most " + String.format(Locale.ROOT, "%,d", longest)
                            + " characters.");
        }
        AskingText.check(field, stripped);
        return stripped;
    }

    Audience checkedAudience() {
        List<String> wanted = roles.stream()
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .distinct()
                .toList();
        if (wanted.size() > MOST_ROLES || wanted.stream().anyMatch(role -> role.length() > 100)) {
            throw new SurveyRefused("roles", "At most " + MOST_ROLES + " roles of up to 100 characters.");
        }
        List<String> conditions = filters.stream()
                .map(String::strip)
                .filter(filter -> !filter.isEmpty())
                .distinct()
                .toList();
        if (conditions.size() > MOST_FILTERS) {
            throw new SurveyRefused("filters", "At most " + MOST_FILTERS + " conditions.");
        }
        try {
            view(conditions);
        } catch (Filter.BadView e) {
            throw new SurveyRefused("filters", String.valueOf(e.getMessage()));
        }
        return new Audience(wanted, conditions, number("percent", percent, 1, 100));
    }

    static ListView view(List<String> filters) {
        return ListView.parse(null, filters, null, null, null);
    }

    Schedule checkedSchedule(List<SurveyOccasions.Kind> known) {
        When chosen = Arrays.stream(When.values())
                .filter(one -> one.key().equals(when))
                .findFirst()
                .orElseThrow(() -> new SurveyRefused("when", "Choose when: once, repeat or after."));
        return switch (chosen) {
            case ONCE -> new Schedule(chosen, null, null, null);
            case REPEAT -> new Schedule(chosen, number("everyMonths", everyMonths, 1, 60), null, null);
            case AFTER -> {
                if (known.stream().noneMatch(one -> one.key().equals(occasion))) {
                    throw new SurveyRefused(
                            "occasion",
                            "Choose the event. Known are: "
                                    + String.join(
                                            ", ",
                                            known.stream()
                                                    .map(SurveyOccasions.Kind::key)
                                                    .toList())
                                    + ".");
                }
                yield new Schedule(chosen, null, occasion, number("occasionDays", occasionDays, 0, 365));
            }
        };
    }

    Care checkedCare() {
        int open = number("openDays", openDays, 1, 180);
        Integer remind = reminderDays.isBlank() ? null : Integer.valueOf(number("reminderDays", reminderDays, 1, 60));
        if (remind != null && remind >= open) {
            throw new SurveyRefused("reminderDays", "The reminder comes before the link ends.");
        }
        return new Care(open, remind, number("followUpDays", followUpDays, 1, 60), owner(), heardLetter);
    }

    private @Nullable UUID owner() {
        try {
            return followUpOwner.isBlank() ? null : UUID.fromString(followUpOwner.strip());
        } catch (IllegalArgumentException e) {
            throw new SurveyRefused("followUpOwner", "Choose a colleague.");
        }
    }

    private static int number(String field, String text, int least, int most) {
        String stripped = text.strip();
        if (stripped.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(stripped);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new SurveyRefused(field, "Write a whole number from " + least + " to " + most + ".");
    }
}
