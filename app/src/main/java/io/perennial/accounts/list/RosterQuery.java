package io.perennial.accounts.list;

import io.perennial.accounts.list.ListColumn.Kind;
import io.perennial.identity.Viewer;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One view, answered from memory. */
final class RosterQuery {

    private static final double NOTHING = Double.POSITIVE_INFINITY;

    private final RosterColumns columns;
    private final ListView view;
    private final int[] matching;

    RosterQuery(RosterColumns columns, ListView view, Viewer viewer, LocalDate today) {
        this.columns = columns;
        this.view = view;
        this.matching = matching(conditions(viewer, today));
    }

    /** Whether memory holds what the view asks for. */
    static boolean understands(ListView view) {
        return RosterColumns.holds(view.sort())
                && view.sort() != ListColumn.EXTERNAL_ID
                && view.filters().stream().allMatch(RosterFilter::understands);
    }

    private List<IntPredicate> conditions(Viewer viewer, LocalDate today) {
        List<IntPredicate> conditions = new ArrayList<>();
        if (!viewer.everything()) {
            int owner = columns.owners().codeOf(String.valueOf(viewer.memberId()));
            conditions.add(place -> owner >= 0 && columns.owners().code(place) == owner);
        }
        view.filters().forEach(filter -> conditions.add(RosterFilter.of(filter, columns, today)));
        if (!view.search().isEmpty()) {
            IntPredicate part = RosterFilter.nameContains(view.search(), columns);
            @Nullable String[] externalIds = columns.texts(ListColumn.EXTERNAL_ID);
            conditions.add(place -> part.test(place) || view.search().equals(externalIds[place]));
        }
        return conditions;
    }

    private int[] matching(List<IntPredicate> conditions) {
        int[] found = new int[columns.size()];
        int count = 0;
        for (int place = columns.present().nextSetBit(0);
                place >= 0;
                place = columns.present().nextSetBit(place + 1)) {
            if (allHold(conditions, place)) {
                found[count++] = place;
            }
        }
        return count == found.length ? found : Arrays.copyOf(found, count);
    }

    private static boolean allHold(List<IntPredicate> conditions, int place) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).test(place)) {
                return false;
            }
        }
        return true;
    }

    RosterColumns columns() {
        return columns;
    }

    /** Places of the accounts that the view shows. */
    int[] matching() {
        return matching;
    }

    List<UUID> window(long from, int limit) {
        double @Nullable [] groups = view.group() == null ? null : groupKeys(view.group());
        RosterOrder order = new RosterOrder(groups, keys(), columns.order());
        return IntStream.of(order.window(matching.clone(), (int) Math.min(from, matching.length), limit))
                .mapToObj(columns::id)
                .toList();
    }

    private double[] keys() {
        ListColumn sort = view.sort();
        double[] keys = new double[columns.used()];
        if (sort == ListColumn.NAME) {
            int[] ranks = columns.nameOrder();
            Arrays.setAll(keys, place -> ranks[place] == Integer.MAX_VALUE ? NOTHING : ranks[place]);
        } else if (RosterColumns.isWord(sort)) {
            keys = wordKeys(columns.words(sort));
        } else {
            double[] numbers = columns.numbers(sort);
            Arrays.setAll(keys, place -> Double.isNaN(numbers[place]) ? NOTHING : numbers[place]);
        }
        if (view.descending()) {
            for (int place = 0; place < keys.length; place++) {
                keys[place] = keys[place] == NOTHING ? NOTHING : -keys[place];
            }
        }
        return keys;
    }

    private double[] wordKeys(RosterColumns.Words words) {
        int[] ranks = words.ranks();
        double[] keys = new double[columns.used()];
        Arrays.setAll(keys, place -> words.code(place) < 0 ? NOTHING : ranks[words.code(place)]);
        return keys;
    }

    /** A small number for each group, in their order; dates are grouped by month. */
    private double[] groupKeys(ListColumn group) {
        if (RosterColumns.isWord(group)) {
            return wordKeys(columns.words(group));
        }
        double[] numbers = columns.numbers(group);
        double[] keys = new double[columns.used()];
        boolean months = group.kind() == Kind.DATE;
        Arrays.setAll(
                keys,
                place -> Double.isNaN(numbers[place]) ? NOTHING : months ? month(numbers[place]) : numbers[place]);
        return keys;
    }

    private static double month(double day) {
        LocalDate date = LocalDate.ofEpochDay((long) day);
        return date.getYear() * 12.0 + date.getMonthValue() - 1;
    }

    /** One heading per group in order, or one for everything when {@code group} is null. */
    List<RosterSums> sums(@Nullable ListColumn group) {
        if (group == null) {
            RosterSums all = new RosterSums(null, columns);
            for (int place : matching) {
                all.add(place);
            }
            return List.of(all);
        }
        double[] keys = groupKeys(group);
        double least = NOTHING;
        double most = 0;
        for (int place : matching) {
            least = Math.min(least, keys[place]);
            most = keys[place] == NOTHING ? most : Math.max(most, keys[place]);
        }
        int first = least == NOTHING ? 0 : (int) least;
        @Nullable RosterSums[] groups = new RosterSums[(int) most - first + 2];
        for (int place : matching) {
            int at = keys[place] == NOTHING ? groups.length - 1 : (int) keys[place] - first;
            RosterSums sums = groups[at];
            if (sums == null) {
                sums = new RosterSums(heading(group, place), columns);
                groups[at] = sums;
            }
            sums.add(place);
        }
        return Stream.of(groups).filter(Objects::nonNull).toList();
    }

    private String heading(ListColumn group, int place) {
        if (RosterColumns.isWord(group)) {
            int code = columns.words(group).code(place);
            return code < 0 ? "" : columns.words(group).known().get(code);
        }
        double number = columns.numbers(group)[place];
        if (Double.isNaN(number)) {
            return "";
        }
        return group.kind() == Kind.DATE
                ? YearMonth.from(LocalDate.ofEpochDay((long) number)).toString()
                : Boolean.toString(number != 0);
    }
}
