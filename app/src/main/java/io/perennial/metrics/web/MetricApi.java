package io.perennial.metrics.web;

import io.perennial.metrics.BadInput;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.platform.web.ApiBody;
import io.perennial.platform.web.ApiProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Metrics for programs: what they mean, what they are, and what they are of other numbers. */
@RestController
@RequestMapping("/api/v1/metrics")
@Tag(name = "Metrics", description = "Figures with their definitions, read from facts or computed from numbers sent")
class MetricApi {

    private static final int BODY_BYTES = 2_000_000;

    private final Metrics metrics;
    private final Clock clock;

    MetricApi(Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "List all metrics with their definitions and inputs")
    MetricAnswers.MetricList list() {
        return new MetricAnswers.MetricList(
                metrics.all().stream().map(MetricAnswers::describe).toList());
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Read a metric from the facts",
            description = "From the first day to the first day that is not in the period any more; when left out, the"
                    + " last 90 days, of revenue the last 365. by cuts it; definition chooses another definition than the default. Where there is no"
                    + " value, reason says why.")
    MetricAnswers.MetricReading read(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(defaultValue = "") String definition) {
        Metric metric = known(id);
        return refusing(() -> {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            LocalDate until = to == null ? today.plusDays(1) : day("to", to);
            LocalDate start =
                    from == null ? until.minusDays(Metrics.reading(metric).usualDays()) : day("from", from);
            Question question = metrics.question(metric, definition, start, until, dimension(by), null);
            return MetricAnswers.read(metric, question, metrics.read(metric, question));
        });
    }

    @PostMapping("/{id}/evaluate")
    @Operation(
            summary = "Compute a metric from numbers in the body",
            description =
                    "The body holds one set of the metric's documented inputs, and definition where another one than"
                            + " that of the inputs is meant. Nothing is stored.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            description = "The metric's inputs by name.",
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(type = "object", description = "Inputs by name."))))
    MetricAnswers.MetricEvaluation evaluate(@PathVariable String id, HttpServletRequest request) {
        Metric metric = known(id);
        byte[] body = ApiBody.read(request, BODY_BYTES);
        Metrics.Evaluated evaluated = refusing(() -> metrics.evaluate(metric, ApiBody.object(body)));
        return new MetricAnswers.MetricEvaluation(
                metric.id(),
                metric.name(),
                evaluated.definition().id(),
                metric.unit().key(),
                MetricAnswers.MetricValue.of(evaluated.figure()));
    }

    private Metric known(String id) {
        return metrics.find(id)
                .orElseThrow(() -> new ApiProblem(
                        404,
                        "not_found",
                        "There is no such metric",
                        "GET /api/v1/metrics lists those that are known."));
    }

    private static <T> T refusing(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (BadInput e) {
            throw new ApiProblem(
                    422,
                    e.code(),
                    "The metric cannot be computed",
                    e.field().isEmpty() ? e.words() : e.field() + ": " + e.words(),
                    List.of(new ApiProblem.Field(e.field(), e.code(), e.words(), e.value())),
                    Map.of());
        }
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new BadInput(name, "bad_date", "Write a day as 2026-11-20.", text);
        }
    }

    static @Nullable Dimension dimension(@Nullable String by) {
        if (by == null || by.isEmpty()) {
            return null;
        }
        return Dimension.of(by)
                .orElseThrow(() -> new BadInput(
                        "by",
                        "unknown_choice",
                        "Known are: "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Dimension.values())
                                                .map(Dimension::key)
                                                .toList()) + ".",
                        by));
    }
}
