package io.perennial.metrics.areas;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import io.perennial.metrics.formula.Statistics;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A figure of customers as SQL.
 *
 * @param ctes what the rows select from, beside {@code live}; empty for none
 * @param rows gives account_id, counted (in the base), hit (in the numerator), amount, base, currency (empty for no money),
 *     rank (the most telling first) and note (what a row says)
 * @param further sums over the rows {@code f} by name
 * @param leftOut conditions on rows {@code f} outside the base, by why
 * @param money whether sums of different currencies stay apart
 * @param hit which rows {@code f} are in the numerator, where they are listed
 */
public record CustomerSpec(
        String ctes,
        String rows,
        Map<String, String> further,
        Map<String, String> leftOut,
        boolean money,
        Function<Tally, Figure> figure,
        Reason empty,
        String hit) {

    private static final String HIT = "f.hit";

    public CustomerSpec(
            String ctes,
            String rows,
            Map<String, String> further,
            Map<String, String> leftOut,
            boolean money,
            Function<Tally, Figure> figure,
            Reason empty) {
        this(ctes, rows, further, leftOut, money, figure, empty, HIT);
    }

    public static CustomerSpec of(String ctes, String rows, Function<Tally, Figure> figure, Reason empty) {
        return new CustomerSpec(ctes, rows, Map.of(), Map.of(), false, figure, empty);
    }

    /** Counted rows of all rows of the base. */
    public static CustomerSpec share(String ctes, String rows, Reason empty) {
        return of(ctes, rows, tally -> share(tally, empty), empty);
    }

    /**
     * Rows of which each says its class: the counts of all classes are read at once, so that definitions of one metric share them.
     *
     * @param rows gives a column {@code class} beside the others
     * @param classes all of them
     * @param figure of the rows of the class asked for, and of the base
     */
    static CustomerSpec ofClass(
            String ctes,
            String rows,
            List<String> classes,
            String chosen,
            BiFunction<Long, Tally, Figure> figure,
            Reason empty) {
        CustomerSpec spec =
                of(ctes, rows, tally -> figure.apply(tally.further(chosen).longValue(), tally), empty);
        for (String each : classes) {
            spec = spec.with(each, "count(*) filter (where f.counted and f.class = '" + each + "')");
        }
        return spec.hit("f.class = '" + chosen + "'");
    }

    /** A share of opinions, which are a sample. */
    static Figure opinion(long hits, Tally tally, Reason empty) {
        return tally.n() == 0
                ? Figure.none(empty)
                : Figure.share(BigDecimal.valueOf(hits), BigDecimal.valueOf(tally.n()), empty)
                        .sampled(tally.n())
                        .within(Statistics.percent(hits, tally.n()));
    }

    /** The same where rows are opinions, which are a sample. */
    public static CustomerSpec opinions(String ctes, String rows, Reason empty) {
        return of(
                ctes,
                rows,
                tally -> tally.n() == 0
                        ? Figure.none(empty)
                        : share(tally, empty).within(Statistics.percent(tally.hits(), tally.n())),
                empty);
    }

    /** Part of an amount of money. */
    public static CustomerSpec moneyShare(String ctes, String rows, Reason empty) {
        return new CustomerSpec(
                ctes,
                rows,
                Map.of(),
                Map.of(),
                true,
                tally -> Figure.share(tally.amount(), tally.base(), empty).sampled(tally.n()),
                empty);
    }

    public static Figure share(Tally tally, Reason empty) {
        return Figure.share(BigDecimal.valueOf(tally.hits()), BigDecimal.valueOf(tally.n()), empty)
                .sampled(tally.n());
    }

    public static Figure ratio(Tally tally, Reason empty) {
        Figure figure =
                tally.base().signum() == 0 ? Figure.none(empty) : Figure.of(Exact.divide(tally.amount(), tally.base()));
        return figure.from(tally.amount(), tally.base()).sampled(tally.n());
    }

    public CustomerSpec with(String name, String sum) {
        Map<String, String> more = new LinkedHashMap<>(further);
        more.put(name, sum);
        return new CustomerSpec(ctes, rows, more, leftOut, money, figure, empty, hit);
    }

    public CustomerSpec leavingOut(String why, String condition) {
        Map<String, String> more = new LinkedHashMap<>(leftOut);
        more.put(why, condition);
        return new CustomerSpec(ctes, rows, further, more, money, figure, empty, hit);
    }

    public CustomerSpec figure(Function<Tally, Figure> other) {
        return new CustomerSpec(ctes, rows, further, leftOut, money, other, empty, hit);
    }

    /** @param condition on rows {@code f} */
    CustomerSpec hit(String condition) {
        return new CustomerSpec(ctes, rows, further, leftOut, money, figure, empty, condition);
    }

    /** Definitions of a metric in their order: a name and its spec, again and again. */
    public static Map<String, CustomerSpec> inOrder(Object... pairs) {
        Map<String, CustomerSpec> specs = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            specs.put((String) pairs[i], (CustomerSpec) pairs[i + 1]);
        }
        return specs;
    }
}
