package io.perennial.metrics.areas;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** A figure of pairs of numbers of customers that no sum answers: each customer is read. */
final class PairsReading implements Reading {

    private static final Heads HEADS = new Heads("Customer", "Segment", "Customer since", "No customer here.");

    private final CustomerReadings customers;
    private final int days;
    private final Map<String, Of> definitions;

    /** @param figure of the pairs of one group */
    record Of(CustomerSpec spec, Function<List<CustomerReadings.Pair>, Figure> figure) {}

    PairsReading(CustomerReadings customers, int days, Map<String, Of> definitions) {
        this.customers = customers;
        this.days = days;
        this.definitions = definitions;
    }

    private Of asked(Question question) {
        return Objects.requireNonNull(definitions.get(question.definition().id()));
    }

    @Override
    public Answer read(Question question) {
        Of asked = asked(question);
        if (question.by() == Dimension.MONTH) {
            return new Answer(total(asked, question), CustomerMetric.months(question, month -> total(asked, month)), 0);
        }
        List<CustomerReadings.Pair> pairs = customers.pairs(asked.spec(), question);
        Figure total = asked.figure().apply(pairs);
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
                .map(entry -> new Answer.Group(
                        entry.getKey(), entry.getKey(), asked.figure().apply(entry.getValue())))
                .toList();
        return new Answer(total, groups, byKey.size() - groups.size());
    }

    private Figure total(Of asked, Question question) {
        return asked.figure().apply(customers.pairs(asked.spec(), question.by(null)));
    }

    @Override
    public Set<String> definitions() {
        return definitions.keySet();
    }

    /** Of a single customer there is none. */
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
        return customers.rows(asked(question).spec(), asked, part, page);
    }

    @Override
    public String sql(Question question) {
        return CustomerSql.all(asked(question).spec(), question);
    }

    @Override
    public int usualDays() {
        return days;
    }

    @Override
    public Heads heads() {
        return HEADS;
    }
}
