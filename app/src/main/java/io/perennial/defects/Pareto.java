package io.perennial.defects;

import io.perennial.defects.Affected.Money;
import io.perennial.defects.Affected.Reach;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The few that make most of it: bars from the largest to the smallest with their running share. An account counts once in each
 * bar, so revenue of bars may overlap; cases and cost never do. The total is the sum of the bars.
 *
 * @param unit currency, or {@code cases}
 * @param currencies to choose from; empty for cases
 * @param unvalued defects of which the value is not known; left out, not counted as nothing
 */
public record Pareto(
        Of of, By by, String unit, List<Bar> bars, BigDecimal total, List<String> currencies, int unvalued) {

    /** By what the Pareto chart counts, and by what it groups. */
    public enum Of {
        REVENUE("revenue", "Revenue affected"),
        CASES("cases", "Cases"),
        COST("cost", "Cost");

        private final String key;
        private final String title;

        Of(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        public static Of of(String key) {
            return Arrays.stream(values())
                    .filter(of -> of.key.equals(key))
                    .findFirst()
                    .orElse(REVENUE);
        }
    }

    /** What bars stand for. */
    public enum By {
        DEFECT("defect", "Defects"),
        CAUSE("cause", "Causes"),
        PRODUCT("product", "Products");

        private final String key;
        private final String title;

        By(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        public static By of(String key) {
            return Arrays.stream(values())
                    .filter(by -> by.key.equals(key))
                    .findFirst()
                    .orElse(DEFECT);
        }

        String key(Defect defect) {
            return switch (this) {
                case DEFECT -> defect.id().toString();
                case CAUSE -> defect.cause();
                case PRODUCT -> defect.product();
            };
        }
    }

    /** More bars than that are gathered in a last one. */
    static final int MOST_BARS = 12;

    /**
     * @param key defect, cause or product; empty where it is not known or others are gathered
     * @param share of the total up to and with this bar, in percent
     * @param defects behind it
     */
    public record Bar(String key, String title, BigDecimal value, double share, int defects, boolean gathered) {}

    static Pareto of(
            List<DefectEntry> entries, Of of, By by, String wanted, Map<String, Reach> reach, List<Cause> causes) {
        List<String> currencies = of == Of.CASES ? List.of() : currencies(entries, of, reach);
        String unit = of == Of.CASES
                ? "cases"
                : currencies.contains(wanted) ? wanted : currencies.isEmpty() ? "" : currencies.getFirst();
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, String> titles = new LinkedHashMap<>();
        int unvalued = 0;
        for (DefectEntry entry : entries) {
            String key = by.key(entry.defect());
            titles.put(key, title(entry.defect(), by, causes));
            BigDecimal cost = entry.cost().amount();
            switch (of) {
                case REVENUE -> {
                    BigDecimal annual = reach.getOrDefault(key, Reach.NONE).in(unit);
                    values.put(key, annual == null ? BigDecimal.ZERO : annual);
                }
                case CASES -> values.merge(key, BigDecimal.valueOf(entry.cases()), BigDecimal::add);
                case COST -> {
                    if (cost == null) {
                        unvalued++;
                    } else if (unit.equals(entry.cost().currency())) {
                        values.merge(key, cost, BigDecimal::add);
                    }
                }
            }
            counts.merge(key, 1, Integer::sum);
        }
        return new Pareto(
                of,
                by,
                unit,
                bars(values, counts, titles),
                values.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                currencies,
                unvalued);
    }

    /** Of one bar, in the chart's own numbers; 0 when there is nothing at all. */
    public boolean isEmpty() {
        return total.signum() == 0;
    }

    /** How many of the largest bars make four fifths. */
    public int vital() {
        for (int i = 0; i < bars.size(); i++) {
            if (bars.get(i).share() >= 80 - 1e-9) {
                return i + 1;
            }
        }
        return bars.size();
    }

    private static List<Bar> bars(
            Map<String, BigDecimal> values, Map<String, Integer> counts, Map<String, String> titles) {
        BigDecimal total = values.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Map.Entry<String, BigDecimal>> sorted = values.entrySet().stream()
                .filter(entry -> entry.getValue().signum() > 0)
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        List<Bar> bars = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> entry : sorted) {
            if (bars.size() == MOST_BARS - 1 && sorted.size() > MOST_BARS) {
                int others = sorted.size() - bars.size();
                int behind = sorted.stream()
                        .skip(bars.size())
                        .mapToInt(other -> counts.getOrDefault(other.getKey(), 0))
                        .sum();
                bars.add(new Bar("", others + " others", total.subtract(sum), 100, behind, true));
                return bars;
            }
            sum = sum.add(entry.getValue());
            String key = entry.getKey();
            bars.add(new Bar(
                    key,
                    titles.getOrDefault(key, key),
                    entry.getValue(),
                    100 * sum.doubleValue() / total.doubleValue(),
                    counts.getOrDefault(key, 0),
                    false));
        }
        return bars;
    }

    private static List<String> currencies(List<DefectEntry> entries, Of of, Map<String, Reach> reach) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        Stream<Money> money = of == Of.REVENUE
                ? reach.values().stream().flatMap(one -> one.revenue().stream())
                : entries.stream().flatMap(entry -> {
                    BigDecimal amount = entry.cost().amount();
                    String currency = entry.cost().currency();
                    return amount == null || currency == null ? Stream.empty() : Stream.of(new Money(currency, amount));
                });
        money.forEach(one -> sums.merge(one.currency(), one.annual(), BigDecimal::add));
        return sums.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, BigDecimal>::getValue)
                        .reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String title(Defect defect, By by, List<Cause> causes) {
        return switch (by) {
            case DEFECT -> defect.tag() + " " + defect.title();
            case CAUSE -> Causes.title(defect.cause(), causes);
            case PRODUCT -> defect.product().isEmpty() ? "No product named" : defect.product();
        };
    }
}
