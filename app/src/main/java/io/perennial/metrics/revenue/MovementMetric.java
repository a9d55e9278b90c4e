package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A metric of the movements between two days, by each of its definitions. */
final class MovementMetric implements Reading {

    private static final int MOST_GROUPS = 200;
    private static final int YEAR = 365;
    private static final Heads HEADS = new Heads("Customer", "Segment", "Customer since", "No customer here.");

    private final MovementReadings movements;
    private final Map<String, MovementSpec> specs;

    MovementMetric(MovementReadings movements, Map<String, MovementSpec> specs) {
        this.movements = movements;
        this.specs = specs;
    }

    Map<String, MovementSpec> specs() {
        return specs;
    }

    private MovementSpec spec(Question question) {
        return Objects.requireNonNull(specs.get(question.definition().id()));
    }

    @Override
    public Answer read(Question question) {
        MovementSpec spec = spec(question);
        if (question.by() == null) {
            return Answer.of(spec.figure().apply(movements.total(question, spec.graced())));
        }
        MovementReadings.Cut cut = movements.cut(question, spec.graced());
        Figure total = spec.figure().apply(cut.total());
        MovementReadings.Groups found = cut.groups();
        List<Answer.Group> groups = new ArrayList<>();
        found.byKey()
                .forEach((key, ledgers) ->
                        groups.add(new Answer.Group(key, key, spec.figure().apply(ledgers))));
        List<Answer.Group> named = question.by() == Dimension.CUSTOMER ? movements.named(groups) : groups;
        if (question.by() == Dimension.MONTH) {
            return new Answer(total, months(question, spec, named), 0);
        }
        List<Answer.Group> shown = named.subList(0, Math.min(MOST_GROUPS, named.size()));
        return new Answer(total, shown, (int) (found.left() + named.size() - shown.size()));
    }

    /** A month without any customer is a month too. */
    private static List<Answer.Group> months(Question question, MovementSpec spec, List<Answer.Group> found) {
        return Months.of(question).stream()
                .map(month -> found.stream()
                        .filter(group -> group.key().equals(month))
                        .findFirst()
                        .orElseGet(() ->
                                new Answer.Group(month, month, spec.figure().apply(new Ledgers(List.of())))))
                .toList();
    }

    @Override
    public Set<String> definitions() {
        return specs.keySet();
    }

    @Override
    public Set<Dimension> dimensions() {
        return Dimension.OF_CUSTOMERS;
    }

    @Override
    public int usualDays() {
        return YEAR;
    }

    @Override
    public Heads heads() {
        return HEADS;
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        MovementSpec spec = spec(question);
        return movements.rows(question, spec.graced(), MovementSql.condition(part, spec.base(), spec.counted()), page);
    }

    @Override
    public String sql(Question question) {
        return MovementSql.sums(question);
    }
}
