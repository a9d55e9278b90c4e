package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.Set;
import java.util.function.BiFunction;

/** A figure of the whole months of a period; its rows are the movements of customers. */
final class WorthReading implements Reading {

    private static final int YEAR = 365;
    private static final Heads HEADS = new Heads("Customer", "Segment", "Customer since", "No customer here.");

    private final MovementReadings movements;
    private final Set<String> definitions;
    private final String base;
    private final String counted;
    private final BiFunction<WholeMonths, Question, Figure> figure;

    /**
     * @param base condition on movements of the period, of the customers in the denominator
     * @param counted of those in the numerator
     */
    WorthReading(
            MovementReadings movements,
            Set<String> definitions,
            String base,
            String counted,
            BiFunction<WholeMonths, Question, Figure> figure) {
        this.movements = movements;
        this.definitions = definitions;
        this.base = base;
        this.counted = counted;
        this.figure = figure;
    }

    @Override
    public Answer read(Question question) {
        WholeMonths months = WholeMonths.of(movements, question.by(null));
        return Answer.of(
                months.isEmpty()
                        ? Figure.none("NO_WHOLE_MONTH", "The period holds no whole month that is over.")
                        : figure.apply(months, question));
    }

    @Override
    public Set<String> definitions() {
        return definitions;
    }

    @Override
    public Set<Dimension> dimensions() {
        return Set.of();
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
