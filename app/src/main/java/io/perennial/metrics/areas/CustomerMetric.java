package io.perennial.metrics.areas;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A metric of customers with its definitions, each as SQL. By month each month is asked by itself. */
public final class CustomerMetric implements Reading {

    private static final Heads HEADS = new Heads("Customer", "Segment", "Customer since", "No customer here.");

    private final CustomerReadings customers;
    private final Map<String, CustomerSpec> specs;
    private final int days;
    private final Set<Dimension> dimensions;
    private final Map<Dimension, Map<String, CustomerSpec>> cuts = new EnumMap<>(Dimension.class);

    /** @param days the period when nothing is said about it */
    public CustomerMetric(CustomerReadings customers, int days, Map<String, CustomerSpec> specs, Dimension... further) {
        this.customers = customers;
        this.specs = specs;
        this.days = days;
        dimensions = EnumSet.copyOf(CustomerSql.DIMENSIONS);
        dimensions.addAll(List.of(further));
        if (specs.values().stream().anyMatch(CustomerSpec::money)) {
            dimensions.add(Dimension.CURRENCY);
        }
    }

    /** Cut by this, other rows are read: those of which each belongs to one group only. */
    public CustomerMetric cutBy(Dimension dimension, Map<String, CustomerSpec> other) {
        cuts.put(dimension, other);
        return this;
    }

    private CustomerSpec spec(Question question) {
        Map<String, CustomerSpec> asked = question.by() == null ? specs : cuts.getOrDefault(question.by(), specs);
        return Objects.requireNonNull(asked.get(question.definition().id()));
    }

    @Override
    public Answer read(Question question) {
        CustomerSpec spec = spec(question);
        Figure total = total(spec, question);
        if (question.by() == null) {
            return Answer.of(total);
        }
        if (question.by() == Dimension.MONTH) {
            return new Answer(total, months(question, month -> total(spec, month)), 0);
        }
        CustomerReadings.Groups found = customers.groups(spec, question);
        Map<String, String> names = customers.names(question, found.byKey().keySet());
        List<Answer.Group> groups = new ArrayList<>();
        found.byKey()
                .forEach((key, tallies) ->
                        groups.add(new Answer.Group(key, names.getOrDefault(key, key), figure(spec, tallies))));
        return new Answer(total, groups, (int) found.left());
    }

    /** Months to come are not asked. */
    static List<Answer.Group> months(Question question, java.util.function.Function<Question, Figure> figure) {
        LocalDate today = LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC);
        return MonthsOf.each(question).stream()
                .filter(month -> !month.from().isAfter(today))
                .map(month -> new Answer.Group(MonthsOf.name(month), MonthsOf.name(month), figure.apply(month)))
                .toList();
    }

    private Figure total(CustomerSpec spec, Question question) {
        return figure(spec, customers.groups(spec, question.by(null)).byKey().get(""));
    }

    private static Figure figure(CustomerSpec spec, @Nullable List<Tally> found) {
        List<Tally> tallies = found == null ? List.of() : found;
        List<Tally> known =
                spec.money() ? tallies.stream().filter(CustomerMetric::says).toList() : tallies;
        Map<String, Long> leftOut = new LinkedHashMap<>();
        tallies.forEach(tally -> tally.leftOut().forEach((why, many) -> leftOut.merge(why, many, Long::sum)));
        if (known.isEmpty()) {
            return leavingOut(Figure.none(spec.empty()), leftOut);
        }
        if (known.size() > 1) {
            return Figure.none(
                    "SEVERAL_CURRENCIES",
                    "Amounts are in "
                            + String.join(
                                    ", ", known.stream().map(Tally::currency).toList())
                            + " and there are no exchange rates between them: cut it by currency.");
        }
        Tally only = known.getFirst();
        Figure figure = leavingOut(spec.figure().apply(only), leftOut);
        return only.currency().isEmpty() ? figure : figure.in(only.currency());
    }

    /** Rows without a currency are those of which no amount is known. */
    private static boolean says(Tally tally) {
        return !tally.currency().isEmpty()
                && (tally.base().signum() != 0
                        || tally.amount().signum() != 0
                        || tally.further().values().stream().anyMatch(sum -> sum.signum() != 0));
    }

    private static Figure leavingOut(Figure figure, Map<String, Long> leftOut) {
        Figure with = figure;
        for (Map.Entry<String, Long> left : leftOut.entrySet()) {
            with = with.leavingOut(left.getKey(), left.getValue());
        }
        return with;
    }

    @Override
    public Set<String> definitions() {
        return specs.keySet();
    }

    @Override
    public Set<Dimension> dimensions() {
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
        return CustomerSql.sums(spec(question), question);
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
