package io.perennial.metrics.sales;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.formula.Statistics;
import io.perennial.metrics.sales.SalesReadings.Sum;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A metric of service sales, by each of its definitions. A month is a period of its own, with its own start. */
final class SalesMetric implements Reading {

    private static final int YEAR = 365;

    /** Each month is asked for itself. */
    private static final int MOST_MONTHS = 36;

    private static final Heads HEADS = new Heads("Customer", "What", "Day", "Nothing here.");

    private final SalesReadings sales;
    private final Map<String, SalesSpec> specs;

    SalesMetric(SalesReadings sales, Map<String, SalesSpec> specs) {
        this.sales = sales;
        this.specs = specs;
    }

    private SalesSpec spec(Question question) {
        return Objects.requireNonNull(specs.get(question.definition().id()));
    }

    @Override
    public Answer read(Question question) {
        return read(question, new SalesLook(sales));
    }

    /** @param look what the page has read already */
    Answer read(Question question, SalesLook look) {
        SalesSpec spec = spec(question);
        SalesReadings.Groups found = // first: the total is what they add up to
                question.by() == null || question.by() == Dimension.MONTH ? null : look.groups(spec, question);
        Figure total = figure(spec, look.groups(spec, question.by(null)).byKey().getOrDefault("", List.of()));
        if (found == null) {
            return question.by() == null ? Answer.of(total) : months(spec, question, total, look);
        }
        List<Answer.Group> groups = new ArrayList<>();
        found.byKey().forEach((key, sums) -> groups.add(new Answer.Group(key, key, figure(spec, sums))));
        return new Answer(total, groups, (int) found.left());
    }

    private Answer months(SalesSpec spec, Question question, Figure total, SalesLook look) {
        List<YearMonth> all = months(question);
        int first = Math.max(0, all.size() - MOST_MONTHS);
        List<Answer.Group> groups = new ArrayList<>();
        look.months(spec, question, all.subList(first, all.size()))
                .forEach((month, sums) ->
                        groups.add(new Answer.Group(month.toString(), month.toString(), figure(spec, sums))));
        return new Answer(total, groups, first);
    }

    /** The months that a period touches, without those to come. */
    private static List<YearMonth> months(Question question) {
        LocalDate tomorrow =
                LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC).plusDays(1);
        LocalDate until = question.until().isBefore(tomorrow) ? question.until() : tomorrow;
        List<YearMonth> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(question.from());
                month.atDay(1).isBefore(until);
                month = month.plusMonths(1)) {
            months.add(month);
        }
        return months;
    }

    /** From the first to the last of these months, as far as the question goes. */
    static Question within(Question question, YearMonth from, YearMonth to) {
        LocalDate first = from.atDay(1);
        LocalDate next = to.plusMonths(1).atDay(1);
        return new Question(
                question.definition(),
                first.isBefore(question.from()) ? question.from() : first,
                next.isAfter(question.until()) ? question.until() : next,
                question.asOf(),
                null,
                null,
                question.owner());
    }

    private static Figure figure(SalesSpec spec, List<Sum> sums) {
        List<Sum> base = sums.stream().filter(sum -> isBase(spec, sum)).toList();
        long rows = base.stream().mapToLong(Sum::n).sum();
        Figure figure = (spec.value() ? value(spec, base) : number(spec, base)).sampled(rows);
        Map<String, Long> excluded = new LinkedHashMap<>();
        sums.stream()
                .filter(sum -> !isBase(spec, sum))
                .sorted(Comparator.comparing(Sum::status))
                .forEach(sum -> excluded.merge(sum.status(), sum.n(), Long::sum));
        for (Map.Entry<String, Long> left : excluded.entrySet()) {
            figure = figure.leavingOut(left.getKey(), left.getValue());
        }
        return figure;
    }

    private static boolean isBase(SalesSpec spec, Sum sum) {
        return sum.hit()
                || sum.status().equals("miss")
                || spec.everybody() && sum.status().equals("at the top level already");
    }

    private static Figure number(SalesSpec spec, List<Sum> base) {
        long hits = base.stream().filter(Sum::hit).mapToLong(Sum::n).sum();
        long all = base.stream().mapToLong(Sum::n).sum();
        Figure figure = Figure.share(BigDecimal.valueOf(hits), BigDecimal.valueOf(all), spec.empty())
                .within(all == 0 ? null : Statistics.percent(hits, all));
        for (String label : labels(base)) {
            List<Sum> own = of(base, label);
            figure = figure.with(
                    label.replace(' ', '_') + "_rate",
                    Exact.percent(
                            BigDecimal.valueOf(own.stream()
                                    .filter(Sum::hit)
                                    .mapToLong(Sum::n)
                                    .sum()),
                            BigDecimal.valueOf(own.stream().mapToLong(Sum::n).sum())));
        }
        return figure;
    }

    private static Figure value(SalesSpec spec, List<Sum> base) {
        Set<String> currencies = new TreeSet<>();
        base.stream()
                .filter(sum -> sum.whole().signum() != 0 || sum.part().signum() != 0)
                .forEach(sum -> currencies.add(sum.currency()));
        if (currencies.size() > 1) {
            return Figure.none(
                    "SEVERAL_CURRENCIES",
                    "Amounts are in " + String.join(", ", currencies)
                            + " and there are no exchange rates between them: cut it by currency.");
        }
        BigDecimal whole = whole(base);
        Figure figure = Figure.share(part(base), whole, spec.empty())
                .within(spec.source() == SalesSource.BOOKINGS ? null : MoneyInterval.of(base, part(base), whole));
        for (String label : labels(base)) {
            List<Sum> own = of(base, label);
            if (whole(own).signum() != 0) {
                figure = figure.with(label.replace(' ', '_') + "_rate", Exact.percent(part(own), whole(own)));
            }
        }
        return currencies.isEmpty() || currencies.contains("")
                ? figure
                : figure.in(currencies.iterator().next());
    }

    /** The parts of an index; a figure of one kind needs no parts. */
    private static Set<String> labels(List<Sum> base) {
        Set<String> labels = new TreeSet<>();
        base.forEach(sum -> labels.add(sum.label()));
        return labels.size() > 1 ? labels : Set.of();
    }

    private static List<Sum> of(List<Sum> base, String label) {
        return base.stream().filter(sum -> sum.label().equals(label)).toList();
    }

    private static BigDecimal whole(List<Sum> sums) {
        return sums.stream().map(Sum::whole).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal part(List<Sum> sums) {
        return sums.stream().map(Sum::part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public Set<String> definitions() {
        return specs.keySet();
    }

    @Override
    public Set<Dimension> dimensions() {
        Set<Dimension> dimensions = EnumSet.copyOf(SalesSql.DIMENSIONS);
        dimensions.add(Dimension.MONTH);
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
        Question asked = question;
        if (question.by() == Dimension.MONTH) {
            asked = question.by(null);
            String group = question.group();
            if (group != null && group.matches("\\d{4}-(0[1-9]|1[0-2])")) {
                asked = within(question, YearMonth.parse(group), YearMonth.parse(group));
                if (!asked.from().isBefore(asked.until())) {
                    return Rows.NONE;
                }
            }
        }
        return sales.rows(spec(question), asked, part, page);
    }

    @Override
    public String sql(Question question) {
        return SalesSql.sums(spec(question), question.by() == Dimension.MONTH ? question.by(null) : question);
    }
}
