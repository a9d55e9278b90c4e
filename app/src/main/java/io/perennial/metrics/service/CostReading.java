package io.perennial.metrics.service;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a case costs: the expense of the desk by the cases it handled. Known for the whole desk, and by month. */
@Component
class CostReading implements Reading {

    private static final Map<String, Spec> HANDLED = Map.of(
            "solved", Spec.count(Base.RESOLVED, null),
            "opened", Spec.count(Base.OPENED, null));

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
        Spec spec = handled(question);
        Answer counted = cases.read(spec, question);
        List<Answer.Group> months = counted.groups().stream()
                .map(group -> {
                    LocalDate first = YearMonth.parse(group.key()).atDay(1);
                    return new Answer.Group(
                            group.key(),
                            group.name(),
                            figure(
                                    group.figure(),
                                    later(first, question.from()),
                                    earlier(first.plusMonths(1), question)));
                })
                .toList();
        return new Answer(figure(counted.total(), question.from(), earlier(question.until(), question)), months, 0);
    }

    private Figure figure(Figure cases, LocalDate from, LocalDate until) {
        BigDecimal many = cases.value();
        Costs.Sum cost = costs.sum(from, until);
        if (cost == null) {
            return Figure.none(Reasons.NO_COST).from(null, many);
        }
        return (many == null || many.signum() == 0
                        ? Figure.none(Reasons.NO_RESOLVED)
                        : Figure.of(Exact.divide(cost.amount(), many)))
                .from(cost.amount(), many);
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

    private static Spec handled(Question question) {
        return HANDLED.getOrDefault(question.definition().id(), Spec.count(Base.RESOLVED, null));
    }

    @Override
    public Set<String> definitions() {
        return HANDLED.keySet();
    }

    @Override
    public Set<Dimension> dimensions() {
        return Set.of(Dimension.MONTH);
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
