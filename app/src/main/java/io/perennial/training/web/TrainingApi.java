package io.perennial.training.web;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.CurrentActor;
import io.perennial.shared.AccountId;
import io.perennial.training.Assignments;
import io.perennial.training.Assignments.Assignment;
import io.perennial.training.Completions;
import io.perennial.training.Completions.Held;
import io.perennial.training.Course;
import io.perennial.training.Courses;
import io.perennial.training.Effect;
import io.perennial.training.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Training for programs: a learning system that asks people to take a course. Courses and completions are records. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Training", description = "Who should learn what, who did, and what became of it")
class TrainingApi {

    private final Assignments assignments;
    private final Completions completions;
    private final Courses courses;
    private final Effect effect;
    private final Accounts accounts;
    private final CurrentActor caller;

    TrainingApi(
            Assignments assignments,
            Completions completions,
            Courses courses,
            Effect effect,
            Accounts accounts,
            CurrentActor caller) {
        this.assignments = assignments;
        this.completions = completions;
        this.courses = courses;
        this.effect = effect;
        this.accounts = accounts;
        this.caller = caller;
    }

    record AssignmentAnswer(
            UUID id,
            String contact,
            String course,
            LocalDate assignedOn,
            LocalDate dueOn,
            @Nullable LocalDate completedOn,
            @Nullable String waits) {

        static AssignmentAnswer of(Assignment one) {
            return new AssignmentAnswer(
                    one.id(),
                    one.contactExternalId(),
                    one.courseExternalId(),
                    one.assignedOn(),
                    one.dueOn(),
                    one.completedOn(),
                    one.waits());
        }
    }

    record CompletionAnswer(
            String contactName,
            String courseName,
            LocalDate completedOn,
            @Nullable LocalDate expiresOn) {

        static CompletionAnswer of(Held one) {
            return new CompletionAnswer(one.contactName(), one.courseName(), one.completedOn(), one.expiresOn());
        }
    }

    record TrainingOfAccount(List<AssignmentAnswer> assignments, List<CompletionAnswer> completions) {}

    record TrainingAssignment(
            @Nullable String contact,
            @Nullable String course,
            @Nullable LocalDate dueOn) {}

    record EffectGroup(int people, double daysBefore, double daysAfter, double shareBefore, double shareAfter) {

        static @Nullable EffectGroup of(Effect.@Nullable Group group) {
            return group == null
                    ? null
                    : new EffectGroup(group.n(), group.before(), group.after(), group.usedBefore(), group.usedAfter());
        }
    }

    record TrainingEffect(
            @Nullable String why,
            @Nullable EffectGroup completers,
            @Nullable EffectGroup colleagues,
            @Nullable Double moreDays,
            @Nullable Double low,
            @Nullable Double high) {}

    @GetMapping("/accounts/{account}/training")
    @Operation(summary = "Read the training of an account")
    TrainingOfAccount of(@PathVariable String account) {
        AccountId known = account(account);
        return new TrainingOfAccount(
                assignments.of(known).stream().map(AssignmentAnswer::of).toList(),
                completions.completed(known).stream().map(CompletionAnswer::of).toList());
    }

    @PostMapping("/accounts/{account}/training")
    @Operation(summary = "Ask somebody to take a course")
    AssignmentAnswer assign(@PathVariable String account, @RequestBody TrainingAssignment body) {
        AccountId known = account(account);
        Contact person = accounts.contacts(known).stream()
                .filter(one -> one.externalId().equals(body.contact()))
                .findFirst()
                .orElseThrow(() -> new ApiProblem(
                        422, "invalid", "Nothing was changed", "Send the external id of a contact of the account."));
        Course course = course(Objects.requireNonNullElse(body.course(), ""), 422);
        try {
            UUID id = assignments
                    .assign(known, person.id(), course.id(), body.dueOn(), caller.actor(), null)
                    .id();
            return assignments.of(known).stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .map(AssignmentAnswer::of)
                    .orElseThrow();
        } catch (Refused refused) {
            throw new ApiProblem(422, "refused", "Nothing was changed", refused.why());
        }
    }

    @GetMapping("/training-effects/{course}")
    @Operation(summary = "Read the effect of a course on use")
    TrainingEffect effect(@PathVariable String course) {
        Effect.Result result = effect.of(course(course, 404), Viewer.EVERYTHING);
        return new TrainingEffect(
                result.why(),
                EffectGroup.of(result.completers()),
                EffectGroup.of(result.colleagues()),
                result.more(),
                result.low(),
                result.high());
    }

    private Course course(String externalId, int status) {
        return courses.byExternalId(externalId)
                .orElseThrow(() -> new ApiProblem(
                        status,
                        status == 404 ? "not_found" : "invalid",
                        "There is no such course",
                        "Send the external id of a course."));
    }

    private AccountId account(String externalId) {
        return accounts.byExternalId(externalId)
                .orElseThrow(() -> new ApiProblem(
                        404, "not_found", "There is no such account", "Send the external id of an account."));
    }
}
