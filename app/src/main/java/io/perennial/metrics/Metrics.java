package io.perennial.metrics;

import io.perennial.identity.Viewer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** The registry: every metric once, computed from numbers that are sent, or read from the facts. */
@Component
public class Metrics {

    /** Which definition is meant, beside the numbers. */
    public static final String DEFINITION = "definition";

    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private final Clock clock;

    Metrics(List<MetricSource> sources, List<MetricReadings> readings, Clock clock) {
        this.clock = clock;
        List<Metric> all = new ArrayList<>();
        sources.forEach(source -> all.addAll(source.metrics()));
        readings.forEach(source -> source.readings().forEach(answerable -> answer(all, answerable)));
        all.sort(Comparator.comparing(Metric::area)
                .thenComparing(metric -> metric.reading() == null)
                .thenComparing(Metric::name));
        for (Metric metric : all) {
            if (metrics.put(metric.id(), metric) != null) {
                throw new IllegalStateException("The metric " + metric.id() + " is declared twice.");
            }
        }
    }

    private static void answer(List<Metric> all, MetricReadings.Answerable answerable) {
        Metric declared = all.stream()
                .filter(metric -> metric.id().equals(answerable.metric()))
                .findFirst()
                .orElseThrow();
        all.set(all.indexOf(declared), declared.answeredBy(answerable.reading(), answerable.further()));
    }

    public Collection<Metric> all() {
        return metrics.values();
    }

    public Optional<Metric> find(String id) {
        return Optional.ofNullable(metrics.get(id));
    }

    /** @param definition which of the metric's definitions was computed */
    public record Evaluated(Definition definition, Figure figure) {}

    /**
     * Computes a metric from numbers alone.
     *
     * @throws BadInput naming what cannot be used
     */
    public Evaluated evaluate(Metric metric, ObjectNode body) {
        Form form = form(metric, body);
        ObjectNode numbers = body.deepCopy();
        numbers.remove(DEFINITION);
        Inputs inputs = Inputs.of(form, numbers);
        try {
            return new Evaluated(
                    metric.definition(form.definition()).orElseThrow(),
                    form.formula().compute(inputs));
        } catch (ArithmeticException | NumberFormatException | DateTimeException | MathIllegalArgumentException e) {
            throw new BadInput(
                    "", "not_computable", "No number comes out of these: they are too large or too small.", "");
        }
    }

    private static Form form(Metric metric, ObjectNode body) {
        List<Form> forms = metric.forms();
        if (body.has(DEFINITION)) {
            String wanted = body.path(DEFINITION).asString("");
            forms = forms.stream()
                    .filter(form -> form.definition().equals(wanted))
                    .toList();
            if (forms.isEmpty()) {
                throw new BadInput(
                        DEFINITION,
                        "unknown_choice",
                        "Computed from numbers can be: "
                                + String.join(
                                        ", ",
                                        new TreeSet<>(metric.forms().stream()
                                                .map(Form::definition)
                                                .toList()))
                                + ".",
                        wanted);
            }
        }
        if (forms.isEmpty()) {
            throw new BadInput("", "not_computable", "This metric is read from facts only.", "");
        }
        Set<String> sent = new TreeSet<>(body.propertyNames());
        sent.remove(DEFINITION);
        for (Form form : forms) {
            if (form.complete(sent) && form.knows(sent)) {
                return form;
            }
        }
        Form meant = forms.stream()
                .max(Comparator.comparingLong((Form form) -> form.understood(sent))
                        .thenComparing(Comparator.comparingInt(forms::indexOf).reversed()))
                .orElseThrow();
        sent.stream()
                .filter(name -> meant.inputs().stream().noneMatch(input -> input.answersTo(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadInput(
                            name,
                            "unknown_field",
                            "Known are: "
                                    + String.join(
                                            ", ",
                                            meant.inputs().stream()
                                                    .map(Input::name)
                                                    .toList()) + ".",
                            body.path(name).toString());
                });
        return meant;
    }

    /**
     * What to ask the facts.
     *
     * @param viewer null for a program, which sees the whole company
     * @throws BadInput naming the parameter that cannot be used
     */
    public Question question(
            Metric metric,
            String definition,
            LocalDate from,
            LocalDate until,
            @Nullable Dimension by,
            @Nullable Viewer viewer) {
        Reading reading = reading(metric);
        Definition chosen = definition.isEmpty()
                ? metric.definitions().stream()
                        .filter(each -> reading.definitions().contains(each.id()))
                        .findFirst()
                        .orElseThrow()
                : metric.definition(definition)
                        .filter(each -> reading.definitions().contains(each.id()))
                        .orElseThrow(() -> new BadInput(
                                DEFINITION,
                                "unknown_choice",
                                "Read from facts can be: " + String.join(", ", new TreeSet<>(reading.definitions()))
                                        + ".",
                                definition));
        if (!until.isAfter(from)) {
            throw new BadInput("to", "before_start", "The period ends before it begins.", until.toString());
        }
        if (from.plusYears(Question.MOST_YEARS).isBefore(until)) {
            throw new BadInput(
                    "from", "out_of_range", "At most " + Question.MOST_YEARS + " years at once.", from.toString());
        }
        if (by != null && !reading.dimensions().contains(by)) {
            throw new BadInput(
                    "by",
                    "unknown_choice",
                    reading.dimensions().isEmpty()
                            ? "This metric is known for the whole only."
                            : "This metric is cut by: "
                                    + String.join(
                                            ", ",
                                            reading.dimensions().stream()
                                                    .map(Dimension::key)
                                                    .sorted()
                                                    .toList())
                                    + ".",
                    by.key());
        }
        UUID owner = viewer == null || viewer.everything() ? null : viewer.memberId();
        return new Question(chosen, from, until, clock.instant(), by, null, owner);
    }

    /** @throws BadInput when there are no facts for it yet */
    public static Reading reading(Metric metric) {
        Reading reading = metric.reading();
        if (reading == null) {
            throw new BadInput(
                    "id",
                    "not_read",
                    metric.name() + " is not read from facts yet. Send its numbers to evaluate.",
                    metric.id());
        }
        return reading;
    }

    /** In one look: what changes meanwhile is seen by none of the statements. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Answer read(Metric metric, Question question) {
        return reading(metric).read(question);
    }
}
