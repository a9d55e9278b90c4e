package io.perennial.accounts.list;

import io.perennial.accounts.list.Filter.Operator;
import io.perennial.accounts.list.ListColumn.Kind;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A filter over the columns in memory; says the same as {@link Filter#sql}. */
final class RosterFilter {

    private RosterFilter() {}

    /** Comparing texts by size and searching in numbers is left to the database. */
    static boolean understands(Filter filter) {
        return switch (filter.operator()) {
            case EMPTY, FILLED, IS, NOT -> RosterColumns.holds(filter.column());
            case OVER, UNDER ->
                filter.column().kind().numeric() || filter.column().kind() == Kind.DATE;
            case WITHIN -> filter.column().kind() == Kind.DATE;
            case HAS -> RosterColumns.isWord(filter.column()) || RosterColumns.isText(filter.column());
        };
    }

    static IntPredicate of(Filter filter, RosterColumns columns, LocalDate today) {
        ListColumn column = filter.column();
        if (RosterColumns.isNumber(column)) {
            double[] numbers = columns.numbers(column);
            DoublePredicate test = numbers(filter, today);
            return place -> test.test(numbers[place]);
        }
        if (column == ListColumn.NAME && filter.operator() == Operator.HAS) {
            return nameContains(filter.values().getFirst(), columns);
        }
        Predicate<@Nullable String> test = texts(filter);
        if (RosterColumns.isText(column)) {
            @Nullable String[] texts = columns.texts(column);
            return place -> test.test(texts[place]);
        }
        RosterColumns.Words words = columns.words(column);
        boolean nothing = test.test(null);
        boolean[] passes = new boolean[words.known().size()];
        for (int code = 0; code < passes.length; code++) {
            passes[code] = test.test(words.known().get(code));
        }
        return place -> words.code(place) < 0 ? nothing : passes[words.code(place)];
    }

    /** Names are kept in lower case as well: this is asked at every letter somebody types. */
    static IntPredicate nameContains(String part, RosterColumns columns) {
        String wanted = part.toLowerCase(Locale.ROOT);
        @Nullable String[] names = columns.lowerNames();
        return place -> {
            String name = names[place];
            return name != null && name.contains(wanted);
        };
    }

    private static DoublePredicate numbers(Filter filter, LocalDate today) {
        if (filter.operator() == Operator.EMPTY) {
            return Double::isNaN;
        }
        if (filter.operator() == Operator.FILLED) {
            return number -> !Double.isNaN(number);
        }
        if (filter.operator() == Operator.WITHIN) {
            double other =
                    today.plusDays(Integer.parseInt(filter.values().getFirst())).toEpochDay();
            double from = Math.min(today.toEpochDay(), other);
            double to = Math.max(today.toEpochDay(), other);
            return number -> number >= from && number <= to;
        }
        double[] values = filter.values().stream()
                .mapToDouble(value -> number(filter, value))
                .toArray();
        double first = values[0];
        return switch (filter.operator()) {
            case OVER -> number -> number > first;
            case UNDER -> number -> number < first;
            case IS -> number -> isOneOf(number, values);
            default -> number -> !isOneOf(number, values);
        };
    }

    private static double number(Filter filter, String value) {
        return switch (filter.column().kind()) {
            case DATE -> LocalDate.parse(value).toEpochDay();
            case YES_NO -> value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true") ? 1 : 0;
            default -> Double.parseDouble(value);
        };
    }

    private static boolean isOneOf(double number, double[] values) {
        for (double value : values) {
            if (number == value) {
                return true;
            }
        }
        return false;
    }

    private static Predicate<@Nullable String> texts(Filter filter) {
        List<String> values = filter.values();
        return switch (filter.operator()) {
            case EMPTY -> text -> text == null;
            case FILLED -> text -> text != null;
            case IS -> text -> text != null && values.contains(text);
            case NOT -> text -> text == null || !values.contains(text);
            default -> containing(values.getFirst());
        };
    }

    private static Predicate<@Nullable String> containing(String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        return text -> text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
