package io.perennial.renewals.web;

import io.perennial.identity.TeamMembers;
import io.perennial.platform.web.Answers;
import io.perennial.platform.web.Answers.Answer;
import io.perennial.platform.web.CurrentActor;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.SavePlans;
import io.perennial.renewals.SavePlans.Plan;
import io.perennial.renewals.Worker;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Save plans for programs: what is done for a renewal at risk, and what came of it. */
@RestController
@RequestMapping("/api/v1/renewals/{id}/save-plans")
@Tag(name = "Renewals", description = "What is due, who decides, and what is expected of it")
class SavePlanApi {

    private final Renewals renewals;
    private final SavePlans plans;
    private final TeamMembers team;
    private final Answers answers;
    private final CurrentActor caller;
    private final JsonMapper json;

    SavePlanApi(
            Renewals renewals,
            SavePlans plans,
            TeamMembers team,
            Answers answers,
            CurrentActor caller,
            JsonMapper json) {
        this.renewals = renewals;
        this.plans = plans;
        this.team = team;
        this.answers = answers;
        this.caller = caller;
        this.json = json;
    }

    record SavePlanStep(
            String title,
            @Nullable LocalDate dueOn,
            @Nullable String owner,
            boolean done) {}

    record SavePlanAnswer(
            UUID id,
            String reason,
            String goal,
            LocalDate openedOn,
            String openedBy,
            @Nullable String result,
            @Nullable String note,
            @Nullable LocalDate closedOn,
            List<SavePlanStep> steps) {

        static SavePlanAnswer of(Plan plan) {
            SavePlans.Result result = plan.result();
            return new SavePlanAnswer(
                    plan.id(),
                    plan.reason().key(),
                    plan.goal(),
                    plan.openedOn(),
                    plan.openedBy(),
                    result == null ? null : result.key(),
                    plan.note(),
                    plan.closedOn(),
                    plan.steps().stream()
                            .map(step -> new SavePlanStep(step.title(), step.dueOn(), step.owner(), step.done()))
                            .toList());
        }
    }

    record SavePlanList(List<SavePlanAnswer> plans) {}

    record NewSavePlan(@Nullable String reason, @Nullable String goal) {}

    record NewSavePlanStep(
            @Nullable String title,
            @Nullable String dueOn,
            @Nullable String owner) {}

    record SavePlanResult(@Nullable String result, @Nullable String note) {}

    @GetMapping
    @Operation(summary = "Save plans of a renewal, the running one first")
    SavePlanList list(@PathVariable UUID id) {
        return all(id);
    }

    @PostMapping
    @Operation(summary = "Begin a save plan")
    @ApiResponse(
            responseCode = "201",
            description = "The plan runs.",
            content = @Content(schema = @Schema(implementation = SavePlanAnswer.class)))
    ResponseEntity<byte[]> begin(@PathVariable UUID id, @RequestBody NewSavePlan body, HttpServletRequest http) {
        return once(
                id,
                body,
                http,
                worker -> plans.begin(
                        id,
                        SavePlans.Reason.find(RenewalApi.text(body.reason()))
                                .orElseThrow(() -> RenewalApi.refused(
                                        "reason",
                                        RenewalApi.text(body.reason()),
                                        "Send cost, value, budget, bad_fit, competitor, product_maturity, poor_service,"
                                                + " out_of_business or other.")),
                        RenewalApi.text(body.goal()),
                        worker));
    }

    @PostMapping("/steps")
    @Operation(summary = "Add a step to the running save plan")
    @ApiResponse(
            responseCode = "201",
            description = "The step is a task of its owner.",
            content = @Content(schema = @Schema(implementation = SavePlanAnswer.class)))
    ResponseEntity<byte[]> step(@PathVariable UUID id, @RequestBody NewSavePlanStep body, HttpServletRequest http) {
        return once(
                id,
                body,
                http,
                worker -> plans.addStep(
                        id, RenewalApi.text(body.title()), day(body.dueOn()), owner(body.owner()), worker));
    }

    @PutMapping("/result")
    @Operation(summary = "End the running save plan")
    SavePlanAnswer end(@PathVariable UUID id, @RequestBody SavePlanResult body) {
        all(id);
        RenewalApi.refusing(() -> plans.end(
                id,
                SavePlans.Result.find(RenewalApi.text(body.result()))
                        .orElseThrow(() -> RenewalApi.refused(
                                "result", RenewalApi.text(body.result()), "Send saved, partly or lost.")),
                RenewalApi.text(body.note()),
                Worker.program(caller.actor())));
        return all(id).plans().getFirst();
    }

    private interface Verb {
        @Nullable
        UUID run(Worker worker);
    }

    /** A repetition with the same Idempotency-Key does nothing more. */
    private ResponseEntity<byte[]> once(UUID id, Object body, HttpServletRequest http, Verb verb) {
        all(id);
        return answers.once(http, json.writeValueAsBytes(body), caller.actor(), () -> {
            RenewalApi.refusing(() -> verb.run(Worker.program(caller.actor())));
            return new Answer(201, json.writeValueAsBytes(all(id).plans().getFirst()), true, Map.of());
        });
    }

    private SavePlanList all(UUID id) {
        if (renewals.find(id).isEmpty()) {
            throw RenewalApi.none();
        }
        return new SavePlanList(plans.of(id).stream().map(SavePlanAnswer::of).toList());
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        String said = RenewalApi.text(text);
        try {
            return said.isEmpty() ? null : LocalDate.parse(said);
        } catch (DateTimeException e) {
            throw RenewalApi.refused("dueOn", said, "Write the day as 2026-12-01.");
        }
    }

    private @Nullable UUID owner(@Nullable String text) {
        String said = RenewalApi.text(text);
        return said.isEmpty()
                ? null
                : team.meant(said)
                        .map(TeamMembers.Colleague::id)
                        .orElseThrow(() -> RenewalApi.refused(
                                "owner", said, "Send the external id or the e-mail of a colleague."));
    }
}
