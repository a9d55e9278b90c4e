package io.perennial.onboarding.web;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.onboarding.FirstValue;
import io.perennial.onboarding.Milestone;
import io.perennial.onboarding.Onboarding;
import io.perennial.onboarding.OnboardingProgress;
import io.perennial.onboarding.OnboardingWork;
import io.perennial.onboarding.Onboardings;
import io.perennial.onboarding.Pace;
import io.perennial.onboarding.PlanProblem;
import io.perennial.onboarding.Refused;
import io.perennial.onboarding.Templates;
import io.perennial.onboarding.Templates.Template;
import io.perennial.onboarding.Worker;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.ApiProblem.Field;
import io.perennial.platform.web.CurrentActor;
import io.perennial.shared.AccountId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Onboardings for programs: a CRM that starts one, a project tool that says what was reached. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Onboarding", description = "The way of a customer from the contract to first value")
class OnboardingApi {

    private final Onboardings onboardings;
    private final OnboardingWork work;
    private final OnboardingProgress progress;
    private final Templates templates;
    private final Pace pace;
    private final Accounts accounts;
    private final CurrentActor caller;
    private final Clock clock;

    OnboardingApi(
            Onboardings onboardings,
            OnboardingWork work,
            OnboardingProgress progress,
            Templates templates,
            Pace pace,
            Accounts accounts,
            CurrentActor caller,
            Clock clock) {
        this.onboardings = onboardings;
        this.work = work;
        this.progress = progress;
        this.templates = templates;
        this.pace = pace;
        this.accounts = accounts;
        this.caller = caller;
        this.clock = clock;
    }

    record OnboardingAnswer(
            UUID id,
            String externalId,
            String account,
            @Nullable String template,
            String way,
            String track,
            LocalDate startedOn,
            @Nullable LocalDate toldOn,
            @Nullable LocalDate firstValueOn,
            @Nullable LocalDate finishedOn,
            @Nullable LocalDate stoppedOn,
            @Nullable String owner,
            int reached,
            int total,
            List<MilestoneAnswer> milestones) {}

    record MilestoneAnswer(
            UUID id,
            String name,
            String ours,
            String theirs,
            String doneWhen,
            @Nullable LocalDate openedOn,
            @Nullable LocalDate dueOn,
            @Nullable LocalDate seenOn,
            @Nullable LocalDate reachedOn,
            @Nullable String reachedBy,
            int have,
            int need,
            boolean overdue,
            boolean abandoned) {

        static MilestoneAnswer of(Milestone one, LocalDate today) {
            return new MilestoneAnswer(
                    one.id(),
                    one.name(),
                    one.ours(),
                    one.theirs(),
                    one.done().words(),
                    one.openedOn(),
                    one.dueOn(),
                    one.seenOn(),
                    one.reachedOn(),
                    one.reachedBy(),
                    one.have(),
                    one.need(),
                    one.isBehind(today),
                    one.isAbandoned(today));
        }
    }

    record OnboardingsOfAccount(List<OnboardingAnswer> onboardings) {}

    record OnboardingStart(
            @Nullable String template, @Nullable LocalDate startedOn) {}

    record MilestoneReached(@Nullable LocalDate reachedOn) {}

    record OnboardingTemplateAnswer(String name, int version, boolean resting, int running, String text) {}

    record OnboardingTemplates(List<OnboardingTemplateAnswer> templates) {}

    record OnboardingTemplateText(@Nullable String text) {}

    record OnboardingPace(List<OnboardingKind> kinds) {}

    record OnboardingKind(
            String template,
            int started,
            int running,
            int finished,
            int stopped,
            @Nullable Double completedInTimePercent,
            @Nullable Integer firstValueMedianDays,
            @Nullable Integer firstValueLowDays,
            @Nullable Integer firstValueHighDays,
            int firstValueReached,
            int firstValueWaiting) {

        static OnboardingKind of(Pace.Kind kind) {
            FirstValue value = kind.firstValue();
            return new OnboardingKind(
                    kind.name(),
                    kind.started(),
                    kind.open(),
                    kind.finished(),
                    kind.stopped(),
                    kind.completion(),
                    value.median(),
                    value.low(),
                    value.high(),
                    value.reached(),
                    value.waiting());
        }
    }

    @GetMapping("/accounts/{account}/onboardings")
    @Operation(summary = "Read the onboardings of an account")
    OnboardingsOfAccount of(@PathVariable String account) {
        return new OnboardingsOfAccount(
                onboardings.of(account(account)).stream().map(this::answer).toList());
    }

    @PostMapping("/accounts/{account}/onboardings")
    @Operation(summary = "Start an onboarding")
    OnboardingAnswer start(@PathVariable String account, @RequestBody OnboardingStart body) {
        AccountId known = account(account);
        Template template = templates
                .named(Objects.requireNonNullElse(body.template(), ""))
                .orElseThrow(() -> invalid("template", "Send the name of a template."));
        LocalDate startedOn = Objects.requireNonNullElse(body.startedOn(), today());
        UUID id = refusing(() -> work.start(known, template.id(), startedOn, Worker.program(caller.actor()))
                .id());
        return answer(onboardings.find(id).orElseThrow());
    }

    @PutMapping("/onboarding-desks/{id}/milestones/{milestone}")
    @Operation(summary = "Say that a milestone is reached, or is not")
    OnboardingAnswer reached(@PathVariable UUID id, @PathVariable UUID milestone, @RequestBody MilestoneReached body) {
        if (onboardings.find(id).isEmpty()) {
            throw new ApiProblem(404, "not_found", "There is no such onboarding", "No onboarding has this id.");
        }
        refusing(() -> progress.tick(id, milestone, body.reachedOn(), Worker.program(caller.actor())));
        return answer(onboardings.find(id).orElseThrow());
    }

    @GetMapping("/onboarding-templates")
    @Operation(summary = "Read the templates of onboardings")
    OnboardingTemplates templates() {
        return new OnboardingTemplates(
                templates.all().stream().map(OnboardingApi::answer).toList());
    }

    @PutMapping("/onboarding-templates/{template}")
    @Operation(summary = "Write a template of onboardings")
    OnboardingTemplateAnswer write(@PathVariable String template, @RequestBody OnboardingTemplateText body) {
        UUID id = templates.named(template).map(Template::id).orElse(null);
        try {
            return answer(templates
                    .save(id, Objects.requireNonNullElse(body.text(), ""), caller.actor())
                    .template());
        } catch (PlanProblem problem) {
            throw new ApiProblem(
                    422,
                    "invalid",
                    "Nothing was changed",
                    String.join(" ", problem.problems()),
                    problem.problems().stream()
                            .map(one -> new Field("text", "invalid", one, ""))
                            .toList(),
                    Map.of());
        }
    }

    @GetMapping("/onboarding-pace")
    @Operation(summary = "Read how long onboardings take")
    OnboardingPace pace() {
        return new OnboardingPace(pace.kinds(Viewer.EVERYTHING, templates.all()).stream()
                .map(OnboardingKind::of)
                .toList());
    }

    private static OnboardingTemplateAnswer answer(Template one) {
        return new OnboardingTemplateAnswer(one.name(), one.number(), one.resting(), one.running(), one.body());
    }

    private OnboardingAnswer answer(Onboarding one) {
        LocalDate today = today();
        return new OnboardingAnswer(
                one.id(),
                one.externalId(),
                one.accountExternalId(),
                one.template(),
                one.way(),
                one.track(today).key(),
                one.startedOn(),
                one.toldOn(),
                one.firstValueOn(),
                one.finishedOn(),
                one.stoppedOn(),
                one.ownerName(),
                one.reached(),
                one.total(),
                onboardings.milestones(one.id()).stream()
                        .map(milestone -> MilestoneAnswer.of(milestone, today))
                        .toList());
    }

    private AccountId account(String externalId) {
        return accounts.byExternalId(externalId)
                .orElseThrow(() -> new ApiProblem(
                        404, "not_found", "There is no such account", "Send the external id of an account."));
    }

    private static <T extends @Nullable Object> T refusing(Supplier<T> verb) {
        try {
            return verb.get();
        } catch (Refused refused) {
            throw new ApiProblem(422, "refused", "Nothing was changed", refused.why());
        } catch (NoSuchElementException none) {
            throw new ApiProblem(
                    404,
                    "not_found",
                    "There is no such thing",
                    Objects.requireNonNullElse(none.getMessage(), "Nothing has this id."));
        }
    }

    private static ApiProblem invalid(String field, String message) {
        return new ApiProblem(
                422,
                "invalid",
                "Nothing was changed",
                message,
                List.of(new Field(field, "invalid", message, "")),
                Map.of());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
