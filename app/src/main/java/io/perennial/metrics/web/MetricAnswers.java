package io.perennial.metrics.web;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Interval;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Metrics as JSON. */
final class MetricAnswers {

    private MetricAnswers() {}

    record MetricList(List<MetricDescription> metrics) {}

    record MetricDescription(
            String id,
            String name,
            String area,
            String question,
            String formula,
            String numerator,
            String denominator,
            String excluded,
            String unit,
            String better,
            String source,
            String sampleRule,
            List<Definition> definitions,
            List<String> readable,
            List<String> cuts,
            List<MetricInputs> inputs) {}

    /** Numbers that belong together: one body of evaluate. */
    record MetricInputs(String definition, List<MetricInput> inputs) {}

    record MetricInput(
            String name, String kind, boolean required, String meaning, String example, List<String> choices) {}

    static MetricDescription describe(Metric metric) {
        return new MetricDescription(
                metric.id(),
                metric.name(),
                metric.area().key(),
                metric.question(),
                metric.formula(),
                metric.counted(),
                metric.base(),
                metric.excluded(),
                metric.unit().key(),
                metric.direction().key(),
                metric.source(),
                metric.sampleRule(),
                metric.definitions(),
                metric.reading() == null
                        ? List.of()
                        : metric.definitions().stream()
                                .map(Definition::id)
                                .filter(metric.reading().definitions()::contains)
                                .toList(),
                metric.reading() == null
                        ? List.of()
                        : new TreeSet<>(metric.reading().dimensions())
                                .stream().map(Dimension::key).toList(),
                metric.forms().stream()
                        .map(form -> new MetricInputs(
                                form.definition(),
                                form.inputs().stream().map(MetricAnswers::named).toList()))
                        .toList());
    }

    private static MetricInput named(Input input) {
        return new MetricInput(
                input.name(),
                input.kind().name().toLowerCase(Locale.ROOT),
                input.required(),
                input.meaning(),
                input.example(),
                input.choices());
    }

    /** @param value exact; null with a reason, or where the answer is a text */
    record MetricValue(
            @Nullable BigDecimal value,
            @Nullable String text,
            @Nullable Reason reason,
            @Nullable BigDecimal numerator,
            @Nullable BigDecimal denominator,
            Map<String, BigDecimal> figures,
            Map<String, Long> excluded,
            @Nullable Interval interval,
            @Nullable String currency,
            @Nullable Long sample,
            String caution) {

        static MetricValue of(Figure figure) {
            return new MetricValue(
                    figure.value(),
                    figure.text(),
                    figure.reason(),
                    figure.numerator(),
                    figure.denominator(),
                    figure.figures(),
                    figure.excluded(),
                    figure.interval(),
                    figure.currency(),
                    figure.sample() < 0 ? null : figure.sample(),
                    figure.caution());
        }
    }

    record MetricEvaluation(String metric, String name, String definition, String unit, MetricValue result) {}

    record MetricGroup(String key, String name, MetricValue result) {}

    /** @param moreGroups how many groups there are beyond those listed */
    record MetricReading(
            String metric,
            String name,
            String definition,
            String unit,
            LocalDate from,
            LocalDate to,
            Instant asOf,
            @Nullable String by,
            MetricValue total,
            List<MetricGroup> groups,
            int moreGroups) {}

    static MetricReading read(Metric metric, Question question, Answer answer) {
        Dimension by = question.by();
        return new MetricReading(
                metric.id(),
                metric.name(),
                question.definition().id(),
                metric.unit().key(),
                question.from(),
                question.until(),
                question.asOf(),
                by == null ? null : by.key(),
                MetricValue.of(answer.total()),
                answer.groups().stream()
                        .map(group -> new MetricGroup(group.key(), group.name(), MetricValue.of(group.figure())))
                        .toList(),
                answer.left());
    }
}
