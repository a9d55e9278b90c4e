package io.perennial.metrics.areas;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import io.perennial.metrics.formula.Statistics;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
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
 */
public record CustomerSpec(
        String ctes,
        String rows,
        Map<String, String> further,
        Map<String, String> leftOut,
        boolean money,
        Function<Tally, Figure> figure,
        Reason empty) {

    public static CustomerSpec of(String ctes, String rows, Function<Tally, Figure> figure, Reason empty) {
        return new CustomerSpec(ctes, rows, Map.of(), Map.of(), false, figure, empty);
    }

    /** Counted rows of all rows of the base. */
    public static CustomerSpec share(String ctes, String rows, Reason empty) {
        return of(ctes, rows, tally -> share(tally, empty), empty);
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
        return new CustomerSpec(ctes, rows, more, leftOut, money, figure, empty);
    }

    public CustomerSpec leavingOut(String why, String condition) {
        Map<String, String> more = new LinkedHashMap<>(leftOut);
        more.put(why, condition);
        return new CustomerSpec(ctes, rows, further, more, money, figure, empty);
    }

    public CustomerSpec figure(Function<Tally, Figure> other) {
        return new CustomerSpec(ctes, rows, further, leftOut, money, other, empty);
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
