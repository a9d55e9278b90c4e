package io.perennial.metrics.areas;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.formula.Correlations;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How health goes together with the engagement before it, over customers of whom both are known. */
final class CorrelationReading implements Reading {

    private static final Heads HEADS = new Heads("Customer", "Segment", "Customer since", "No customer here.");

    private final CustomerReadings customers;
    private final Map<String, CustomerSpec> specs;

    CorrelationReading(CustomerReadings customers, Map<String, CustomerSpec> specs) {
        this.customers = customers;
        this.specs = specs;
    }

    private CustomerSpec spec(Question question) {
        return Objects.requireNonNull(specs.get(question.definition().id()));
    }

    @Override
    public Answer read(Question question) {
        CustomerSpec spec = spec(question);
        if (question.by() == Dimension.MONTH) {
            return new Answer(total(spec, question), CustomerMetric.months(question, month -> total(spec, month)), 0);
        }
        List<CustomerReadings.Pair> pairs = customers.pairs(spec, question);
        Figure total = figure(pairs);
        if (question.by() == null) {
            return Answer.of(total);
        }
        Map<String, List<CustomerReadings.Pair>> byKey = new LinkedHashMap<>();
        pairs.forEach(pair ->
                byKey.computeIfAbsent(pair.key(), key -> new ArrayList<>()).add(pair));
        List<Answer.Group> groups = byKey.entrySet().stream()
                .sorted((one, other) ->
                        Integer.compare(other.getValue().size(), one.getValue().size()))
                .limit(CustomerSql.MOST_GROUPS)
                .map(entry -> new Answer.Group(entry.getKey(), entry.getKey(), figure(entry.getValue())))
                .toList();
        return new Answer(total, groups, byKey.size() - groups.size());
    }

    private Figure total(CustomerSpec spec, Question question) {
        return figure(customers.pairs(spec, question.by(null)));
    }

    private static Figure figure(List<CustomerReadings.Pair> pairs) {
        return Correlations.of(
                pairs.stream().mapToDouble(CustomerReadings.Pair::base).toArray(),
                pairs.stream().mapToDouble(CustomerReadings.Pair::amount).toArray(),
                Correlations.SPEARMAN);
    }

    @Override
    public Set<String> definitions() {
        return specs.keySet();
    }

    /** Of a single customer there is no correlation. */
    @Override
    public Set<Dimension> dimensions() {
        Set<Dimension> dimensions = EnumSet.copyOf(CustomerSql.DIMENSIONS);
        dimensions.remove(Dimension.CUSTOMER);
        return dimensions;
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        Question asked = question.by() == Dimension.MONTH && question.group() != null
                ? MonthsOf.only(question, question.group())
                : question;
        return customers.rows(spec(question), asked, part, page);
    }

    @Override
    public String sql(Question question) {
        return CustomerSql.all(spec(question), question);
    }

    @Override
    public Heads heads() {
        return HEADS;
    }
}
