package io.perennial.metrics.revenue;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Everything that the revenue page shows, from few looks: all figures of a ledger follow from its sums. */
@Component
public class RevenueBoard {

    private final MovementReadings movements;
    private final Metrics metrics;

    RevenueBoard(MovementReadings movements, Metrics metrics) {
        this.movements = movements;
        this.metrics = metrics;
    }

    /** @param left how many groups there are beyond these */
    public record Cut(Map<String, Ledgers> groups, Map<String, String> names, long left) {}

    /** A customer's amounts in one currency on both days, a year's. */
    public record Moved(
            UUID account,
            String name,
            String segment,
            String currency,
            BigDecimal started,
            BigDecimal ended,
            Move move,
            LocalDate firstOn) {}

    public record MovedPage(List<Moved> moved, long all) {}

    /**
     * @param cut null when nothing is cut
     * @param moved null when no movement is opened
     * @param name of the customer that is looked at; null for anything else
     */
    public record Board(
            Ledgers total,
            @Nullable Cut cut,
            @Nullable MovedPage moved,
            @Nullable String name) {}

    /** @param move the movement whose customers are wanted */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Board read(Question question, boolean graced, @Nullable Move move, int page) {
        Question whole = question.group() == null ? question.by(null) : question;
        MovementReadings.Cut cut =
                question.by() == null || question.group() != null ? null : movements.cut(question, graced);
        return new Board(
                cut == null ? movements.total(whole, graced) : cut.total(),
                cut == null ? null : named(cut.groups(), question),
                move == null ? null : movements.page(whole, graced, move.condition(), page),
                question.by() == Dimension.CUSTOMER && question.group() != null
                        ? movements.names(List.of(question.group())).get(question.group())
                        : null);
    }

    private Cut named(MovementReadings.Groups groups, Question question) {
        Map<String, String> names = new LinkedHashMap<>();
        groups.byKey().keySet().forEach(key -> names.put(key, key.isEmpty() ? "not said" : key));
        if (question.by() == Dimension.CUSTOMER) {
            names.putAll(movements.names(groups.byKey().keySet()));
        }
        return new Cut(groups.byKey(), names, groups.left());
    }

    /** The ledger of each month of the period, each against its own start; months without revenue too. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Map<String, Ledgers> months(Question asked, boolean graced) {
        Question question = asked.by(Dimension.MONTH).only(null);
        Map<String, Ledgers> found = movements.groups(question, graced).byKey();
        Map<String, Ledgers> months = new LinkedHashMap<>();
        Months.of(question).forEach(month -> months.put(month, found.getOrDefault(month, new Ledgers(List.of()))));
        return months;
    }

    /** A metric of sums that were read already. */
    public Figure figure(String metric, String definition, Ledgers ledgers) {
        Metric known = metrics.find(metric).orElseThrow();
        MovementMetric reading = (MovementMetric) Metrics.reading(known);
        return Objects.requireNonNull(reading.specs().get(definition)).figure().apply(ledgers);
    }
}
