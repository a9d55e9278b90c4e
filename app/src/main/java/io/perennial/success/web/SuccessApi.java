package io.perennial.success.web;

import io.perennial.platform.web.ApiProblem;
import io.perennial.success.Outcome;
import io.perennial.success.Plan;
import io.perennial.success.SuccessPlans;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far success plans are, for programs. Plans and outcomes themselves are records: {@code success-plans}, {@code outcomes}. */
@RestController
@RequestMapping("/api/v1/success-plans/{externalId}/progress")
@Tag(name = "Success", description = "What customers want to reach and how far they are")
class SuccessApi {

    private final SuccessPlans plans;

    SuccessApi(SuccessPlans plans) {
        this.plans = plans;
    }

    record SuccessPoint(LocalDate day, @Nullable BigDecimal value) {}

    record SuccessOutcome(
            String externalId,
            String objective,
            String name,
            @Nullable String unit,
            @Nullable BigDecimal baseline,
            @Nullable BigDecimal target,
            @Nullable BigDecimal actual,
            @Nullable LocalDate actualOn,
            @Nullable String measure,
            @Nullable LocalDate dueOn,
            @Nullable BigDecimal realised,
            @Nullable LocalDate reachedOn,
            @Nullable Instant confirmedAt,
            @Nullable String confirmedBy,
            List<SuccessPoint> history) {

        static SuccessOutcome of(Outcome one) {
            return new SuccessOutcome(
                    one.externalId(),
                    one.objective(),
                    one.name(),
                    none(one.unit()),
                    one.baseline(),
                    one.target(),
                    one.actual(),
                    one.actualOn(),
                    none(one.measure()),
                    one.dueOn(),
                    one.realised() == null ? null : one.realised().movePointRight(2),
                    one.reachedOn(),
                    one.confirmedAt(),
                    none(one.confirmedBy()),
                    one.readings().stream()
                            .map(point -> new SuccessPoint(point.day(), point.value()))
                            .toList());
        }
    }

    record SuccessReturn(
            String currency,
            BigDecimal value,
            BigDecimal promised,
            BigDecimal contracts,
            @Nullable BigDecimal time,
            @Nullable BigDecimal percent) {}

    record SuccessImpact(
            String impact,
            LocalDate on,
            String by,
            @Nullable String words) {}

    record SuccessProgress(
            UUID id,
            String externalId,
            String name,
            String state,
            @Nullable String owner,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            int outcomes,
            int reached,
            int due,
            int overdue,
            int unmeasured,
            @Nullable BigDecimal realised,
            @Nullable BigDecimal realisedOfAll,
            List<String> features,
            List<SuccessOutcome> rows,
            List<SuccessReturn> returns,
            List<SuccessImpact> impacts) {}

    @GetMapping
    @Operation(summary = "How far a success plan is, with every outcome behind it")
    SuccessProgress progress(@PathVariable String externalId) {
        Plan plan = plans.byExternalId(externalId)
                .flatMap(plans::find)
                .orElseThrow(() -> new ApiProblem(
                        404, "not_found", "There is no such plan", "No success plan has this external id."));
        Plan.Progress far = plan.progress();
        return new SuccessProgress(
                plan.id(),
                plan.externalId(),
                plan.name(),
                plan.phase(),
                plan.ownerName(),
                plan.startsOn(),
                plan.endsOn(),
                far.outcomes(),
                far.reached(),
                far.due(),
                far.overdue(),
                far.unmeasured(),
                far.realised(),
                far.realisedOfAll(),
                plan.features(),
                plans.outcomes(plan.id()).stream().map(SuccessOutcome::of).toList(),
                plans.returns(plan).stream()
                        .map(one -> new SuccessReturn(
                                one.currency(),
                                one.value(),
                                one.promised(),
                                one.contracts(),
                                one.time(),
                                one.percent()))
                        .toList(),
                plans.perceived(plan.id()).stream()
                        .map(one -> new SuccessImpact(one.impact().key(), one.on(), one.by(), none(one.words())))
                        .toList());
    }

    private static @Nullable String none(String text) {
        return text.isEmpty() ? null : text;
    }
}
