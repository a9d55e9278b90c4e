package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Customers who came back in the period, of those who left in a period of the same length before it. */
final class WinBackReading implements Reading {

    private static final int YEAR = 365;
    private static final Reason NOBODY = new Reason("NO_LOST_CUSTOMERS", "Nobody was lost in the period before.");
    private static final Heads HEADS = new Heads("Customer", "Segment", "Customer since", "Nobody came back.");

    private final MovementReadings movements;

    WinBackReading(MovementReadings movements) {
        this.movements = movements;
    }

    @Override
    public Answer read(Question question) {
        Question before = before(question);
        if (question.by() == null) {
            return Answer.of(figure(movements.total(question, true), movements.total(before, true)));
        }
        MovementReadings.Cut now = movements.cut(question, true);
        MovementReadings.Cut then = movements.cut(before, true);
        Figure total = figure(now.total(), then.total());
        Map<String, Ledgers> back = now.groups().byKey();
        MovementReadings.Groups lost = then.groups();
        List<Answer.Group> groups = lost.byKey().entrySet().stream()
                .map(entry -> new Answer.Group(
                        entry.getKey(),
                        entry.getKey(),
                        figure(back.getOrDefault(entry.getKey(), new Ledgers(List.of())), entry.getValue())))
                .toList();
        return new Answer(total, groups, (int) lost.left());
    }

    private static Question before(Question question) {
        long days = ChronoUnit.DAYS.between(question.from(), question.until());
        return question.within(question.from().minusDays(days), question.from());
    }

    private static Figure figure(Ledgers now, Ledgers before) {
        long lost = before.customers(ledger -> ledger.customersStart() - ledger.customersKept());
        long back = now.customers(ledger -> ledger.rows(Move.REACTIVATION));
        Figure figure = Figure.share(BigDecimal.valueOf(back), BigDecimal.valueOf(lost), NOBODY)
                .sampled(lost);
        return now.each().size() == 1
                ? figure.with("arr_won_back", now.each().getFirst().moved(Move.REACTIVATION))
                : figure;
    }

    @Override
    public Set<String> definitions() {
        return Set.of("standard");
    }

    @Override
    public Set<Dimension> dimensions() {
        return EnumSet.of(Dimension.SEGMENT, Dimension.INDUSTRY, Dimension.COUNTRY, Dimension.OWNER);
    }

    @Override
    public int usualDays() {
        return YEAR;
    }

    @Override
    public Heads heads() {
        return HEADS;
    }

    /** Who came back; who had left before is behind customer churn of the period before. */
    @Override
    public Rows rows(Question question, Part part, int page) {
        return movements.rows(question, true, "f.movement = 'reactivation'", page);
    }

    @Override
    public String sql(Question question) {
        return MovementSql.sums(question);
    }
}
