package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A metric of what was due in a period, by each of its definitions. */
final class RenewalMetric implements Reading {

    static final Reason NO_DUE = new Reason("NO_DUE_CONTRACTS", "Nothing was due in the period.");

    private static final int YEAR = 365;
    private static final Heads HEADS = new Heads("Customer", "Product", "Due", "Nothing was due here.");

    private final RenewalReadings renewals;
    private final Map<String, RenewalSpec> specs;

    RenewalMetric(RenewalReadings renewals, Map<String, RenewalSpec> specs) {
        this.renewals = renewals;
        this.specs = specs;
    }

    private RenewalSpec spec(Question question) {
        return Objects.requireNonNull(specs.get(question.definition().id()));
    }

    @Override
    public Answer read(Question question) {
        RenewalSpec spec = spec(question);
        RenewalReadings.Groups found = renewals.groups(spec, question);
        Figure total = figure(spec, found.total());
        if (question.by() == null) {
            return Answer.of(total);
        }
        List<Answer.Group> groups = new ArrayList<>();
        found.byKey().forEach((key, tallies) -> groups.add(new Answer.Group(key, key, figure(spec, tallies))));
        return new Answer(total, renewals.named(question, groups), (int) found.left());
    }

    private static Figure figure(RenewalSpec spec, List<RenewalReadings.Tally> tallies) {
        Figure figure = spec.value() ? value(tallies) : number(tallies);
        long all = sum(tallies, RenewalReadings.Tally::n);
        figure = figure.sampled(all);
        if (spec.source().decides()) {
            figure = figure.leavingOut("lapsed and not decided", sum(tallies, RenewalReadings.Tally::lapsed))
                    .leavingOut("due later", sum(tallies, RenewalReadings.Tally::pending));
        }
        if (spec.source() == RenewalSource.TERMS) {
            figure = figure.leavingOut("monthly terms", sum(tallies, RenewalReadings.Tally::monthly));
            BigDecimal late = tallies.size() == 1 ? tallies.getFirst().daysLate() : null;
            figure = late == null ? figure : figure.with("median_days_late", late);
        }
        return figure;
    }

    private static Figure number(List<RenewalReadings.Tally> tallies) {
        return Figure.share(
                BigDecimal.valueOf(sum(tallies, RenewalReadings.Tally::hits)),
                BigDecimal.valueOf(sum(tallies, RenewalReadings.Tally::n)),
                NO_DUE);
    }

    private static Figure value(List<RenewalReadings.Tally> tallies) {
        List<RenewalReadings.Tally> known =
                tallies.stream().filter(tally -> tally.base().signum() != 0).toList();
        if (known.isEmpty()) {
            return Figure.none(NO_DUE);
        }
        RenewalReadings.Tally only = known.getFirst();
        return known.size() == 1
                ? Figure.share(only.counted(), only.base(), NO_DUE).in(only.currency())
                : Ledgers.several(
                        known.stream().map(RenewalReadings.Tally::currency).toList());
    }

    private static long sum(
            List<RenewalReadings.Tally> tallies, java.util.function.ToLongFunction<RenewalReadings.Tally> number) {
        return tallies.stream().mapToLong(number).sum();
    }

    @Override
    public Set<String> definitions() {
        return specs.keySet();
    }

    @Override
    public Set<Dimension> dimensions() {
        Set<Dimension> dimensions = EnumSet.copyOf(Dimension.OF_CUSTOMERS);
        dimensions.add(Dimension.PRODUCT);
        return dimensions;
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
        return renewals.rows(spec(question), question, part, page);
    }

    @Override
    public String sql(Question question) {
        return RenewalSql.sums(spec(question), question);
    }
}
