package io.perennial.metrics.revenue;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The ledgers of all currencies that are worlds of their own. Amounts of different ones are never added together. */
public record Ledgers(List<Ledger> each) {

    static final Reason NO_REVENUE = new Reason("NO_REVENUE", "No customer has recurring revenue here.");

    /** A figure of money, which has no value when there are several currencies. */
    Figure money(Function<Ledger, Figure> figure) {
        return switch (each.size()) {
            case 0 -> figure.apply(Ledger.empty(""));
            case 1 -> figure.apply(each.getFirst()).in(each.getFirst().currency());
            default -> several(currencies());
        };
    }

    /** No value, because amounts of different currencies are not added together. */
    static Figure several(List<String> currencies) {
        return Figure.none(
                "SEVERAL_CURRENCIES",
                "Revenue is in " + String.join(", ", currencies)
                        + " and there are no exchange rates between them: cut it by currency.");
    }

    /** Other customers added to these. */
    Ledgers and(Ledgers others) {
        Map<String, Ledger> sums = new TreeMap<>();
        each.forEach(ledger -> sums.put(ledger.currency(), ledger));
        others.each().forEach(ledger -> sums.merge(ledger.currency(), ledger, Ledger::and));
        return new Ledgers(List.copyOf(sums.values()));
    }

    /** Customers of all currencies together. */
    long customers(ToLongFunction<Ledger> number) {
        return each.stream().mapToLong(number).sum();
    }

    public List<String> currencies() {
        return each.stream().map(Ledger::currency).toList();
    }

    public boolean isEmpty() {
        return each.isEmpty();
    }
}
