package io.perennial.metrics.service;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a case costs: the expense of the desk by the cases it handled. Known for the whole desk, and by month. Parts of the desk
 * bear it by the work that can be seen: one part for each case and one more for each answer or note of ours. So what the
 * parts cost adds up to what the desk costs.
 */
@Component
class CostReading implements Reading {

    /** Answers and notes of ours on the case, and one for the case itself. */
    private static final String WORK = "1 + (select count(*) from cases.message m where m.case_id = c.id"
            + " and m.kind in ('reply', 'note') and m.at < :until)";

    private static final Map<String, Base> HANDLED = Map.of("solved", Base.RESOLVED, "opened", Base.OPENED);

    private final CaseReadings cases;
    private final Costs costs;
    private final Clock clock;

    CostReading(CaseReadings cases, Costs costs, Clock clock) {
        this.cases = cases;
        this.costs = costs;
        this.clock = clock;
    }

    @Override
    public Answer read(Question question) {
        boolean shared = question.owner() != null || question.by() != null && question.by() != Dimension.MONTH;
        Spec spec = shared ? Spec.count(base(question), WORK) : handled(question);
        Answer counted = cases.read(spec, question);
        Answer desk = question.owner() == null ? counted : cases.read(spec, question.ofAll());
        Costs.Sum whole = costs.sum(question.from(), earlier(question.until(), question));
        BigDecimal allWork = shared ? work(desk.total()) : BigDecimal.ONE;
        Map<String, BigDecimal> monthsWork = new HashMap<>();
        desk.groups().forEach(group -> monthsWork.put(group.key(), shared ? work(group.figure()) : BigDecimal.ONE));
        List<Answer.Group> groups = counted.groups().stream()
                .map(group -> new Answer.Group(
                        group.key(),
                        group.name(),
                        question.by() == Dimension.MONTH
                                ? figure(
                                        group.figure(),
                                        month(group.key(), question),
                                        shared,
                                        Objects.requireNonNullElse(monthsWork.get(group.key()), BigDecimal.ZERO))
                                : figure(group.figure(), whole, true, allWork)))
                .toList();
        return new Answer(figure(counted.total(), whole, shared, allWork), groups, counted.left());
    }

    private Costs.@Nullable Sum month(String key, Question question) {
        LocalDate first = YearMonth.parse(key).atDay(1);
        return costs.sum(later(first, question.from()), earlier(first.plusMonths(1), question));
    }

    private static Figure figure(Figure cases, Costs.@Nullable Sum cost, boolean shared, BigDecimal allWork) {
        BigDecimal many = cases.value();
        if (cost == null) {
            return Figure.none(Reasons.NO_COST).from(null, many);
        }
        boolean none = many == null || many.signum() == 0 || shared && allWork.signum() == 0;
        BigDecimal part = !shared
                ? cost.amount()
                : none ? BigDecimal.ZERO : Exact.divide(cost.amount().multiply(work(cases)), allWork);
        return (none || many == null ? Figure.none(Reasons.NO_RESOLVED) : Figure.of(Exact.divide(part, many)))
                .from(part, many);
    }

    /** Number by mean is the sum, which is whole. */
    private static BigDecimal work(Figure cases) {
        BigDecimal many = cases.value();
        BigDecimal mean = cases.figures().get("mean");
        return many == null || mean == null
                ? BigDecimal.ZERO
                : many.multiply(mean).setScale(0, RoundingMode.HALF_EVEN);
    }

    /** Days to come cost nothing yet. */
    private LocalDate earlier(LocalDate until, Question question) {
        LocalDate tomorrow =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        LocalDate end = until.isBefore(question.until()) ? until : question.until();
        return end.isBefore(tomorrow) ? end : tomorrow;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static Base base(Question question) {
        return HANDLED.getOrDefault(question.definition().id(), Base.RESOLVED);
    }

    private static Spec handled(Question question) {
        return base(question) == Base.RESOLVED ? CaseSpecs.SOLVED : CaseSpecs.VOLUME;
    }

    @Override
    public Set<String> definitions() {
        return HANDLED.keySet();
    }

    @Override
    public Set<Dimension> dimensions() {
        return Dimension.OF_CASES;
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        return cases.rows(handled(question), question, part, page);
    }

    @Override
    public String sql(Question question) {
        return CaseSql.summary(List.of(handled(question)), question);
    }
}
