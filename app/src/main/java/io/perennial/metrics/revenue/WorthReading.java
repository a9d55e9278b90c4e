package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.Set;

/** A figure of the whole months of a period; its rows are the movements of customers. */
final class WorthReading implements Reading {

    private static final int YEAR = 365;
    private static final Heads HEADS = new Heads("Customer", "Segment", "Customer since", "No customer here.");

    private final MovementReadings movements;
    private final Set<String> definitions;
    private final String base;
    private final String counted;
    private final Of figure;
    private final SegmentMonths segments;

    /** The figure of some customers' months, beside those of all: what winning costs is said of all. */
    interface Of {
        Figure of(WholeMonths months, WholeMonths whole);
    }

    /**
     * @param base condition on movements of the period, of the customers in the denominator
     * @param counted of those in the numerator
     */
    WorthReading(
            MovementReadings movements,
            Set<String> definitions,
            String base,
            String counted,
            SegmentMonths segments,
            Of figure) {
        this.movements = movements;
        this.definitions = definitions;
        this.base = base;
        this.counted = counted;
        this.segments = segments;
        this.figure = figure;
    }

    @Override
    public Answer read(Question question) {
        WholeMonths months = WholeMonths.of(movements, question.by(null));
        if (months.isEmpty()) {
            return Answer.of(Figure.none("NO_WHOLE_MONTH", "The period holds no whole month that is over."));
        }
        Figure total = figure.of(months, months);
        return question.by() == null
                ? Answer.of(total)
                : new Answer(
                        total,
                        segments.of(months, question).entrySet().stream()
                                .filter(group -> question.group() == null
                                        || question.group().equals(group.getKey()))
                                .map(group -> new Answer.Group(
                                        group.getKey(), group.getKey(), figure.of(group.getValue(), months)))
                                .toList(),
                        0);
    }

    @Override
    public Set<String> definitions() {
        return definitions;
    }

    @Override
    public Set<Dimension> dimensions() {
        return Set.of(Dimension.SEGMENT);
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
        return movements.rows(question, true, MovementSql.condition(part, base, counted), page);
    }

    @Override
    public String sql(Question question) {
        return MovementSql.sums(question.by(Dimension.MONTH));
    }
}
