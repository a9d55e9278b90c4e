package io.perennial.surveys.web;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.CurrentActor;
import io.perennial.surveys.AskingWords;
import io.perennial.surveys.Estimate;
import io.perennial.surveys.FollowUps;
import io.perennial.surveys.Survey;
import io.perennial.surveys.SurveyDefinitions;
import io.perennial.surveys.SurveyDraft;
import io.perennial.surveys.SurveyKind;
import io.perennial.surveys.SurveyRefused;
import io.perennial.surveys.SurveyResults;
import io.perennial.surveys.SurveyRounds;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Surveys for programs: define, send, read what came of them. Answers themselves are records of type survey-responses. */
@RestController
@RequestMapping("/api/v1/surveys")
@Tag(name = "Surveys", description = "Ask customers by letter, and read scores with their intervals")
class SurveyApi {

    /** A key sees the whole company; which routes it may use is decided at the door. */
    private static final Viewer EVERYTHING = new Viewer(new UUID(0, 0), "", "", Role.LEADER, true);

    private final SurveyDefinitions definitions;
    private final SurveyRounds rounds;
    private final SurveyResults results;
    private final FollowUps followUps;
    private final CurrentActor caller;
    private final Clock clock;

    SurveyApi(
            SurveyDefinitions definitions,
            SurveyRounds rounds,
            SurveyResults results,
            FollowUps followUps,
            CurrentActor caller,
            Clock clock) {
        this.definitions = definitions;
        this.rounds = rounds;
        this.results = results;
        this.followUps = followUps;
        this.caller = caller;
        this.clock = clock;
    }

    record SurveyText(
            @Nullable String subject,
            @Nullable String opening,
            @Nullable String question,
            @Nullable String followUp) {}

    record SurveyDefinition(
            String name,
            String kind,
            @Nullable Map<String, SurveyText> texts,
            @Nullable Boolean anonymous,
            @Nullable List<String> roles,
            @Nullable List<String> filters,
            @Nullable Integer percent,
            @Nullable String when,
            @Nullable Integer everyMonths,
            @Nullable String occasion,
            @Nullable Integer occasionDays,
            @Nullable Integer openDays,
            @Nullable Integer reminderDays,
            @Nullable Integer followUpDays,
            @Nullable Boolean heardLetter) {

        SurveyDraft draft(String follow) {
            SurveyKind known =
                    SurveyKind.of(Objects.requireNonNullElse(kind, "")).orElse(SurveyKind.NPS);
            Map<String, Survey.Texts> said = new LinkedHashMap<>();
            if (texts == null || texts.isEmpty()) {
                AskingWords.LANGUAGES.forEach(
                        language -> said.put(language, AskingWords.in(language).texts(known)));
            } else {
                texts.forEach((language, text) -> {
                    Survey.Texts ours = AskingWords.in(language).texts(known);
                    said.put(
                            language,
                            new Survey.Texts(
                                    Objects.requireNonNullElse(text.subject(), ours.subject()),
                                    Objects.requireNonNullElse(text.opening(), ours.opening()),
                                    Objects.requireNonNullElse(text.question(), ours.question()),
                                    Objects.requireNonNullElse(text.followUp(), ours.followUp())));
                });
            }
            return new SurveyDraft(
                    Objects.requireNonNullElse(name, ""),
                    Objects.requireNonNullElse(kind, ""),
                    said,
                    Boolean.TRUE.equals(anonymous),
                    Objects.requireNonNullElse(roles, List.of()),
                    Objects.requireNonNullElse(filters, List.of()),
                    text(percent, "100"),
                    Objects.requireNonNullElse(when, "once"),
                    text(everyMonths, "6"),
                    Objects.requireNonNullElse(occasion, ""),
                    text(occasionDays, "30"),
                    text(openDays, "30"),
                    text(reminderDays, ""),
                    text(followUpDays, "3"),
                    follow,
                    !Boolean.FALSE.equals(heardLetter));
        }

        private static String text(@Nullable Integer number, String otherwise) {
            return number == null ? otherwise : number.toString();
        }
    }

    record SurveyAnswer(
            UUID id,
            String name,
            String kind,
            String state,
            boolean anonymous,
            List<String> languages,
            List<String> roles,
            List<String> filters,
            int percent,
            String when,
            @Nullable Integer everyMonths,
            @Nullable String occasion,
            @Nullable Integer occasionDays,
            int openDays,
            @Nullable Integer reminderDays,
            int followUpDays,
            @Nullable LocalDate beganOn,
            int version) {

        static SurveyAnswer of(Survey survey) {
            return new SurveyAnswer(
                    survey.id(),
                    survey.name(),
                    survey.kind().key(),
                    survey.state().key(),
                    survey.anonymous(),
                    List.copyOf(survey.texts().keySet()),
                    survey.audience().roles(),
                    survey.audience().filters(),
                    survey.audience().percent(),
                    survey.schedule().when().key(),
                    survey.schedule().everyMonths(),
                    survey.schedule().occasion(),
                    survey.schedule().occasionDays(),
                    survey.care().openDays(),
                    survey.care().reminderDays(),
                    survey.care().followUpDays(),
                    survey.beganOn(),
                    survey.version());
        }
    }

    record SurveyListAnswer(List<SurveyAnswer> surveys) {}

    record SurveyFigure(BigDecimal value, BigDecimal from, BigDecimal to, long n, boolean smallSample) {

        static @Nullable SurveyFigure of(@Nullable Estimate estimate) {
            return estimate == null
                    ? null
                    : new SurveyFigure(
                            rounded(estimate.value()),
                            rounded(estimate.from()),
                            rounded(estimate.to()),
                            estimate.n(),
                            estimate.isSmall());
        }

        private static BigDecimal rounded(double value) {
            return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP);
        }
    }

    record SurveyGroup(
            String group,
            long asked,
            long notReached,
            long answered,
            @Nullable Long happy,
            @Nullable Long unhappy,
            @Nullable SurveyFigure score,
            @Nullable SurveyFigure responseRate,
            boolean hidden) {

        static SurveyGroup of(SurveyResults.Group group) {
            return new SurveyGroup(
                    group.name(),
                    group.asked(),
                    group.bounced(),
                    group.answered(),
                    group.hidden() ? null : Long.valueOf(group.happy()),
                    group.hidden() ? null : Long.valueOf(group.unhappy()),
                    SurveyFigure.of(group.score()),
                    SurveyFigure.of(group.rate()),
                    group.hidden());
        }
    }

    record SurveyFollowUps(long due, long inTime, long late, long overdue, long open) {}

    record SurveyOutcome(
            UUID survey,
            String kind,
            String by,
            Instant asOf,
            SurveyGroup total,
            List<SurveyGroup> groups,
            SurveyFollowUps followUps) {}

    @GetMapping
    @Operation(
            summary = "List surveys",
            description = "Those that run first, then drafts, then closed ones; at most 500.")
    SurveyListAnswer list() {
        return new SurveyListAnswer(
                definitions.all().stream().map(SurveyAnswer::of).toList());
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read a survey")
    SurveyAnswer one(@PathVariable UUID id) {
        return SurveyAnswer.of(find(id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Define a survey",
            description =
                    "It is a draft until it is sent. Without texts it speaks ours, in five languages; a text that is left out is"
                            + " ours too. Conditions on accounts are written as in the address of the accounts list: segment:is:Enterprise.")
    SurveyAnswer define(@RequestBody SurveyDefinition body) {
        return refusing(() -> one(definitions
                .save(null, 0, body.draft(""), EVERYTHING, caller.actor())
                .survey()));
    }

    @PutMapping("/{id}")
    @Operation(
            summary = "Change a survey",
            description =
                    "Replaces the whole definition. Kind, names and kind of schedule stay once the survey has begun.")
    SurveyAnswer change(@PathVariable UUID id, @RequestBody SurveyDefinition body) {
        Survey before = find(id);
        String follow = before.care().followUpOwner() == null
                ? ""
                : before.care().followUpOwner().toString();
        return refusing(() -> one(definitions
                .save(id, before.version(), body.draft(follow), EVERYTHING, caller.actor())
                .survey()));
    }

    @PostMapping("/{id}/send")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Send a survey",
            description =
                    "Letters are written in the background, at most one for each person; results tell how many. Sending again"
                            + " sends nothing.")
    SurveyAnswer send(@PathVariable UUID id) {
        return refusing(() -> {
            rounds.start(find(id).id(), EVERYTHING, caller.actor());
            return one(id);
        });
    }

    @PostMapping("/{id}/close")
    @Operation(
            summary = "Close a survey",
            description = "Nobody is asked or reminded any more, and links are over. Answers stay.")
    SurveyAnswer close(@PathVariable UUID id) {
        return refusing(() -> {
            definitions.close(find(id).id(), EVERYTHING, caller.actor());
            return one(id);
        });
    }

    @GetMapping("/{id}/results")
    @Operation(
            summary = "Read what came of a survey",
            description =
                    "The score with its interval at 95 %, response rates and follow-ups. Answers without names are hidden where"
                            + " they are fewer than 5.")
    SurveyOutcome results(
            @PathVariable UUID id,
            @Parameter(description = "segment, month, role or language.") @RequestParam(defaultValue = "segment")
                    String by) {
        Survey survey = find(id);
        SurveyResults.Cut cut = SurveyResults.Cut.of(by)
                .orElseThrow(() -> refused("by", "Known are: segment, month, role, language.", by));
        SurveyResults.Results found = results.of(survey, cut, EVERYTHING);
        FollowUps.Kept kept = followUps.kept(id, EVERYTHING);
        return new SurveyOutcome(
                id,
                survey.kind().key(),
                cut.key(),
                clock.instant(),
                SurveyGroup.of(found.total()),
                found.groups().stream().map(SurveyGroup::of).toList(),
                new SurveyFollowUps(kept.due(), kept.inTime(), kept.late(), kept.overdue(), kept.open()));
    }

    private Survey find(UUID id) {
        return definitions
                .find(id)
                .orElseThrow(
                        () -> new ApiProblem(404, "not_found", "There is no such survey", "No survey has this id."));
    }

    private static <T> T refusing(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (SurveyRefused e) {
            throw refused(e.field(), String.valueOf(e.getMessage()), "");
        }
    }

    private static ApiProblem refused(String field, String words, String value) {
        return new ApiProblem(
                422,
                "refused",
                "This cannot be done",
                words,
                field.isEmpty() ? List.of() : List.of(new ApiProblem.Field(field, "refused", words, value)),
                Map.of());
    }
}
