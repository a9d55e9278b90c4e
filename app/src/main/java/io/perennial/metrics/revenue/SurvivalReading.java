package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Reason;
import io.perennial.metrics.formula.KaplanMeier;
import io.perennial.metrics.formula.Worth;
import io.perennial.metrics.revenue.Lifetimes.Curve;
import io.perennial.metrics.revenue.Lifetimes.Curves;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A figure of the curves that tell how long customers stay. */
final class SurvivalReading implements Reading {

    static final Set<String> LIVES = Set.of("standard", "as_run", "period", "until_last");

    private static final int YEAR = 12;
    private static final int[] MARKS = {3, 6, 12, 24, 36, 48, 60};
    private static final int FIVE_YEARS_OF_DAYS = 1_826;
    private static final Reason NOBODY = new Reason("NO_COHORT", "No customer began in the period.");
    private static final Reason NOT_REACHED =
            new Reason("NOT_REACHED", "No customer has been observed for twelve months.");
    private static final Heads HEADS = new Heads("Customer", "Segment", "Customer since", "No customer here.");

    private final Lifetimes lifetimes;
    private final Set<String> definitions;
    private final Function<Curve, Figure> figure;

    private SurvivalReading(Lifetimes lifetimes, Set<String> definitions, Function<Curve, Figure> figure) {
        this.lifetimes = lifetimes;
        this.definitions = definitions;
        this.figure = figure;
    }

    /** The share that is left after a year. */
    static SurvivalReading survival(Lifetimes lifetimes) {
        return new SurvivalReading(lifetimes, LIVES, SurvivalReading::afterAYear);
    }

    /** @param definition of the metric that the figure answers */
    static SurvivalReading lifetime(Lifetimes lifetimes, String definition, Function<KaplanMeier, Figure> figure) {
        return new SurvivalReading(
                lifetimes,
                Set.of(definition),
                curve -> figure.apply(curve.left()).sampled(curve.customers()));
    }

    private static Figure afterAYear(Curve curve) {
        if (curve.customers() == 0) {
            return Figure.none(NOBODY);
        }
        Figure figure = curve.after(YEAR)
                .map(year -> Figure.of(BigDecimal.valueOf(year.left())).within(year.interval()))
                .orElseGet(() -> Figure.none(NOT_REACHED))
                .sampled(curve.customers())
                .with("n_risk", BigDecimal.valueOf(curve.atRisk(YEAR)))
                .with("n_event", BigDecimal.valueOf(curve.left().lost()));
        for (int months : MARKS) {
            Optional<KaplanMeier.Point> point = curve.after(months);
            if (point.isPresent()) {
                figure = figure.with(
                        "month_" + months, BigDecimal.valueOf(point.get().left()));
            }
        }
        BigDecimal median = Worth.median(curve.left()).value();
        return median == null ? figure : figure.with("median_months", median);
    }

    @Override
    public Answer read(Question question) {
        Curves curves = lifetimes.read(question);
        return new Answer(
                figure.apply(curves.total()),
                curves.groups().entrySet().stream()
                        .map(group -> new Answer.Group(group.getKey(), group.getKey(), figure.apply(group.getValue())))
                        .toList(),
                curves.beyond());
    }

    @Override
    public Set<String> definitions() {
        return definitions;
    }

    @Override
    public Set<Dimension> dimensions() {
        return LifetimeSql.KEYS.keySet();
    }

    /** Long enough that some have left. */
    @Override
    public int usualDays() {
        return FIVE_YEARS_OF_DAYS;
    }

    @Override
    public Heads heads() {
        return HEADS;
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        return lifetimes.rows(question, part, page);
    }

    @Override
    public String sql(Question question) {
        return lifetimes.sql(question);
    }
}
