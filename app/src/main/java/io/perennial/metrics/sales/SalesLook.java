package io.perennial.metrics.sales;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.sales.SalesReadings.Groups;
import io.perennial.metrics.sales.SalesReadings.Sum;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one page asks about service sales, each kind of row read once: figures of the same rows share a statement, the index is the sum
 * of its parts, months of rows that have a day of their own come together, and a total is what its groups add up to.
 */
final class SalesLook {

    private final SalesReadings sales;
    private final Map<Key, Groups> known = new HashMap<>();

    SalesLook(SalesReadings sales) {
        this.sales = sales;
    }

    private record Key(
            SalesSource source,
            int around,
            LocalDate from,
            LocalDate until,
            Instant asOf,
            @Nullable Dimension by,
            @Nullable String group,
            @Nullable UUID owner) {

        boolean isWholeOf(Key cut) {
            return equals(new Key(cut.source, cut.around, cut.from, cut.until, cut.asOf, null, cut.group, cut.owner));
        }
    }

    Groups groups(SalesSpec spec, Question question) {
        if (spec.source() == SalesSource.FORCED) {
            return forced(groups(spec.from(SalesSource.SALES), question));
        }
        List<SalesSource> parts = spec.source().parts();
        if (parts.isEmpty()) {
            Key key = new Key(
                    spec.source(),
                    spec.around(),
                    question.from(),
                    question.until(),
                    question.asOf(),
                    question.by(),
                    question.group(),
                    question.owner());
            Groups read = known.get(key);
            if (read == null) {
                Groups cut = question.by() == null && question.group() == null ? cut(key) : null;
                read = cut == null ? sales.groups(spec, question) : whole(cut);
                known.put(key, read);
            }
            return read;
        }
        List<Groups> read =
                parts.stream().map(part -> groups(spec.from(part), question)).toList();
        // A part that does not tell all its groups may lack one that matters in the sum.
        return read.stream().anyMatch(part -> part.left() > 0) ? sales.groups(spec, question) : together(read);
    }

    /** The same rows, cut by something of which all groups are told; null where nobody has asked for that. */
    private @Nullable Groups cut(Key whole) {
        return known.entrySet().stream()
                .filter(one -> whole.isWholeOf(one.getKey()) && one.getValue().left() == 0)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** All groups as one. */
    private static Groups whole(Groups cut) {
        Map<List<String>, Sum> sums = new TreeMap<>(Comparator.comparing(List::toString));
        cut.byKey().values().stream()
                .flatMap(List::stream)
                .forEach(sum -> sums.merge(List.of(sum.currency(), sum.label(), sum.status()), sum, Sum::and));
        return new Groups(sums.isEmpty() ? Map.of() : Map.of("", List.copyOf(sums.values())), 0);
    }

    private static Groups together(List<Groups> parts) {
        Map<String, List<Sum>> sums = new HashMap<>();
        parts.forEach(part -> part.byKey()
                .forEach((key, own) ->
                        sums.computeIfAbsent(key, none -> new ArrayList<>()).addAll(own)));
        Map<String, List<Sum>> ordered = new LinkedHashMap<>();
        sums.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<Sum>> entry) -> -rows(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .limit(SalesSql.MOST_GROUPS)
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return new Groups(ordered, sums.size() - ordered.size());
    }

    private static long rows(List<Sum> sums) {
        return sums.stream().mapToLong(Sum::n).sum();
    }

    /** Sales with service of no choice are those that count; the others are the base. */
    private static Groups forced(Groups sold) {
        Map<String, List<Sum>> byKey = new LinkedHashMap<>();
        sold.byKey()
                .forEach((key, sums) -> byKey.put(
                        key,
                        sums.stream()
                                .map(sum -> switch (sum.status()) {
                                    case "bundled or compulsory" -> sum.as("hit");
                                    case "hit" -> sum.as("miss");
                                    default -> sum;
                                })
                                .toList()));
        return new Groups(byKey, sold.left());
    }

    /** Sums of each of these months, by a period of its own. */
    Map<YearMonth, List<Sum>> months(SalesSpec spec, Question question, List<YearMonth> months) {
        Map<YearMonth, List<Sum>> found = new LinkedHashMap<>();
        months.forEach(month -> found.put(month, new ArrayList<>()));
        if (months.isEmpty()) {
            return found;
        }
        List<SalesSource> parts = spec.source().parts().isEmpty()
                ? List.of(spec.source())
                : spec.source().parts();
        for (SalesSource part : parts) {
            SalesSpec own = spec.from(part);
            if (part.dated()) {
                Question all = SalesMetric.within(question, months.getFirst(), months.getLast())
                        .by(Dimension.MONTH);
                Map<String, List<Sum>> byMonth = groups(own, all).byKey();
                found.forEach((month, sums) -> sums.addAll(byMonth.getOrDefault(month.toString(), List.of())));
            } else {
                found.forEach((month, sums) -> sums.addAll(groups(own, SalesMetric.within(question, month, month))
                        .byKey()
                        .getOrDefault("", List.of())));
            }
        }
        return found;
    }
}
