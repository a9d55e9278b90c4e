package io.perennial.platform.imports;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of one record say together about a field. A column or a {@link Template} alone is what the first row
 * says that says anything. {@code first(time)} and {@code last(time)} are the earliest and latest of dates, by the order
 * of the file otherwise; {@code count()} counts rows, {@code again()} those after the first, {@code sum(amount)} adds up,
 * {@code all(tag)} are the different texts with commas between them.
 * {@code where step = solved | closed} behind any of them looks at some of the rows only.
 */
final class Summary {

    private static final Pattern CALL =
            Pattern.compile("(first|last|count|again|sum|all)\\((.*)\\)(?:\\s+where\\s+(.+?)\\s*=\\s*(.*))?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:[.,]\\d{1,12})?");

    private enum How {
        PLAIN,
        FIRST,
        LAST,
        COUNT,
        AGAIN,
        SUM,
        ALL
    }

    /** A cell that cannot be summed up. */
    static final class Unreadable extends Exception {
        private final String value;
        private final boolean number;

        Unreadable(String value, boolean number) {
            super(value, null, false, false);
            this.value = value;
            this.number = number;
        }

        String value() {
            return value;
        }

        boolean number() {
            return number;
        }
    }

    private final How how;
    private final @Nullable Template of;
    private final @Nullable Condition where;

    /** @throws MappingProblem when it names a column that the file does not have, or is wrong in itself */
    Summary(String expression, Inspection file) {
        Matcher call = CALL.matcher(expression.strip());
        if (!call.matches()) {
            this.how = How.PLAIN;
            this.of = new Template(expression, file);
            this.where = null;
            return;
        }
        this.how = How.valueOf(call.group(1).toUpperCase(Locale.ROOT));
        boolean counts = how == How.COUNT || how == How.AGAIN;
        if (counts != call.group(2).isBlank()) {
            throw new MappingProblem(
                    "bad_mapping",
                    expression + ": count() and again() have nothing between the brackets, the others a column.");
        }
        this.of = counts ? null : new Template(call.group(2), file);
        this.where = call.group(3) == null
                ? null
                : new Condition(call.group(3), List.of(call.group(4).split("\\|", -1)), file);
    }

    /** Whether this needs several rows. */
    boolean call() {
        return how != How.PLAIN;
    }

    static boolean isCall(String expression) {
        return CALL.matcher(expression.strip()).matches();
    }

    /** The one column of the file that an expression reads, or null when it is put together. */
    static @Nullable String column(String expression) {
        Matcher call = CALL.matcher(expression.strip());
        String read = call.matches() ? call.group(2) : expression;
        return read.isBlank() || read.contains("{") ? null : read;
    }

    /** Keys of the columns of the file that an expression reads. */
    static Set<String> keys(String expression) {
        Matcher call = CALL.matcher(expression.strip());
        if (!call.matches()) {
            return Template.keys(expression);
        }
        Set<String> keys = new HashSet<>();
        if (!call.group(2).isBlank()) {
            keys.addAll(Template.keys(call.group(2)));
        }
        if (call.group(3) != null) {
            keys.add(Header.fold(call.group(3)));
        }
        return keys;
    }

    /** What a single row says; null when nothing. */
    @Nullable
    String fill(List<String> cells) {
        return of == null ? null : of.fill(cells);
    }

    /** Whether a row says something else where only one thing can be said. */
    boolean contradicts(Object so, List<String> cells) {
        if (how != How.PLAIN) {
            return false;
        }
        String said = fill(cells);
        return said != null && !said.equals(so);
    }

    /**
     * Adds a row to what earlier ones said.
     *
     * @param so far; null at first
     * @param dates how the field's dates read; null when it is no date
     */
    @Nullable
    Object add(@Nullable Object so, List<String> cells, @Nullable FieldDates dates, char mark) throws Unreadable {
        if (how == How.PLAIN && so != null || where != null && !where.holds(cells)) {
            return so;
        }
        if (how == How.COUNT || how == How.AGAIN) {
            return so instanceof Long counted ? counted + 1 : 1L;
        }
        String said = fill(cells);
        if (said == null) {
            return so;
        }
        return switch (how) {
            case FIRST, LAST -> dates == null ? ordered(so, said) : dated(so, said, dates);
            case SUM -> sum(so, said, mark);
            case ALL -> also(so, said);
            default -> said;
        };
    }

    /** Each text once, in the order of the file. */
    private static Object also(@Nullable Object so, String said) {
        return so == null || Arrays.asList(so.toString().split(", ", -1)).contains(said)
                ? (so == null ? said : so)
                : so + ", " + said;
    }

    private Object ordered(@Nullable Object so, String said) {
        return so != null && how == How.FIRST ? so : said;
    }

    private Object dated(@Nullable Object so, String said, FieldDates dates) throws Unreadable {
        String read = dates.read(said).orElseThrow(() -> new Unreadable(said, false));
        if (so == null) {
            return read;
        }
        String known = so.toString();
        return dates.isBefore(read, known) == (how == How.FIRST) ? read : known;
    }

    private static BigDecimal sum(@Nullable Object so, String said, char mark) throws Unreadable {
        boolean plain = NUMBER.matcher(said).matches() && said.indexOf(mark == '.' ? ',' : '.') < 0;
        if (!plain) {
            throw new Unreadable(said, true);
        }
        BigDecimal number = new BigDecimal(said.replace(',', '.'));
        return so instanceof BigDecimal sum ? sum.add(number) : number;
    }

    /** The text that the field gets, in the notation of the file. */
    @Nullable
    String text(@Nullable Object so, char mark) {
        return switch (how) {
            case COUNT -> String.valueOf(so == null ? 0L : so);
            case AGAIN -> String.valueOf(so instanceof Long counted ? counted - 1 : 0L);
            default ->
                switch (so) {
                    case null -> null;
                    case BigDecimal sum -> sum.toPlainString().replace('.', mark);
                    default -> so.toString();
                };
        };
    }
}
