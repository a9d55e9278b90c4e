package io.perennial.accounts.list;

import io.perennial.accounts.list.Filter.BadView;
import io.perennial.accounts.list.Filter.Operator;
import io.perennial.accounts.list.ListColumn.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fact about an account as people write it: {@code Health < 45}, {@code Segment is enterprise or mid-market}, {@code Renews
 * within 90 days}, {@code Licences used < 50 %}. It is the same condition as a filter of the accounts table, and becomes the
 * same SQL over the one wide row.
 */
public record AccountCondition(Filter filter) {

    private static final int LONGEST = 500;
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final Pattern SHARE = Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\s*%");
    private static final Pattern WITHIN =
            Pattern.compile("within\\s+(-?\\d{1,4})(?:\\s+days?)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL = Pattern.compile("[a-z0-9_]+:[a-z]+(:.*)?");

    private static final List<ListColumn> LONGEST_FIRST = Arrays.stream(ListColumn.values())
            .sorted(Comparator.comparingInt(
                            (ListColumn column) -> column.title().length())
                    .reversed())
            .toList();

    /** The words of an operator, those that begin like a shorter one before it. */
    private enum Word {
        IS_NOT_EMPTY("is not empty", Operator.FILLED),
        IS_FILLED("is filled", Operator.FILLED),
        IS_EMPTY("is empty", Operator.EMPTY),
        IS_NOT("is not", Operator.NOT),
        IS("is", Operator.IS),
        CONTAINS("contains", Operator.HAS),
        OVER(">", Operator.OVER),
        MORE("over", Operator.OVER),
        UNDER("<", Operator.UNDER),
        LESS("under", Operator.UNDER);

        private final String words;
        private final Operator operator;

        Word(String words, Operator operator) {
            this.words = words;
            this.operator = operator;
        }
    }

    /** @throws BadView saying what is wrong and what would be right */
    public static AccountCondition parse(String written) {
        String text = written.strip();
        if (text.length() > LONGEST) {
            throw new BadView("A condition has at most " + LONGEST + " characters.");
        }
        if (URL.matcher(text).matches()) {
            return new AccountCondition(Filter.parse(text));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        ListColumn column = LONGEST_FIRST.stream()
                .filter(one -> begins(lower, one.title().toLowerCase(Locale.ROOT)) || begins(lower, one.key()))
                .findFirst()
                .orElseThrow(() -> new BadView("\"" + text + "\" does not begin with a fact of accounts. There are "
                        + Arrays.stream(ListColumn.values())
                                .map(ListColumn::title)
                                .collect(Collectors.joining(", "))
                        + "."));
        int end = begins(lower, column.title().toLowerCase(Locale.ROOT))
                ? column.title().length()
                : column.key().length();
        return new AccountCondition(Filter.parse(
                column.key() + ":" + comparison(column, text.substring(end).strip())));
    }

    private static boolean begins(String text, String words) {
        return text.startsWith(words)
                && (text.length() == words.length() || !Character.isLetterOrDigit(text.charAt(words.length())));
    }

    private static String comparison(ListColumn column, String rest) {
        Matcher within = WITHIN.matcher(rest);
        if (within.matches()) {
            if (column.kind() != Kind.DATE) {
                throw new BadView("\"" + column.title() + "\" is no day, so nothing is within days of it.");
            }
            return "within:" + within.group(1);
        }
        String lower = rest.toLowerCase(Locale.ROOT);
        for (Word word : Word.values()) {
            if (lower.startsWith(word.words)) {
                String operator = word.operator.name().toLowerCase(Locale.ROOT);
                String values = rest.substring(word.words.length()).strip();
                if (word.operator == Operator.EMPTY || word.operator == Operator.FILLED) {
                    return operator;
                }
                return operator + ":" + values(column, values);
            }
        }
        throw new BadView("After \"" + column.title()
                + "\" comes is, is not, contains, >, <, within ... days, is empty or" + " is filled.");
    }

    private static String values(ListColumn column, String written) {
        List<String> values = new ArrayList<>();
        for (String value : written.split("\\s+or\\s+", -1)) {
            values.add(value(column, value.strip()));
        }
        return String.join("|", values);
    }

    private static String value(ListColumn column, String written) {
        Matcher share = SHARE.matcher(written);
        if (share.matches()) {
            BigDecimal number = new BigDecimal(share.group(1));
            return column.kind() == Kind.SHARE
                    ? number.divide(HUNDRED).stripTrailingZeros().toPlainString()
                    : number.toPlainString();
        }
        if (column.kind() == Kind.BAND) {
            String code = written.toUpperCase(Locale.ROOT).replace(' ', '_');
            if (!List.of("AT_RISK", "WATCH", "HEALTHY", "LEFT", "UNKNOWN").contains(code)) {
                throw new BadView(
                        "A health band is At risk, Watch, Healthy, Left or Unknown, not \"" + written + "\".");
            }
            return code;
        }
        return column.kind().numeric() ? written.replace(",", "").replace(" ", "") : written.replace("|", " ");
    }

    /** As people write it; {@link #parse} reads it again. */
    public String words() {
        ListColumn column = filter.column();
        String values =
                filter.values().stream().map(value -> shown(column, value)).collect(Collectors.joining(" or "));
        return switch (filter.operator()) {
            case EMPTY, FILLED -> column.title() + " " + filter.operator().words();
            case WITHIN -> column.title() + " within " + values + " days";
            default -> column.title() + " " + filter.operator().words() + " " + values;
        };
    }

    private static String shown(ListColumn column, String value) {
        if (column.kind() == Kind.SHARE) {
            return new BigDecimal(value).multiply(HUNDRED).stripTrailingZeros().toPlainString() + " %";
        }
        if (column.kind() != Kind.BAND) {
            return value;
        }
        String words =
                value.charAt(0) + value.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
        return words;
    }

    /** Whether the answer changes although nothing does but the day. */
    public boolean movesWithTime() {
        return filter.operator() == Operator.WITHIN;
    }

    /** What it asks about. */
    public ListColumn column() {
        return filter.column();
    }

    /**
     * SQL over {@code accounts.overview o}, or over anything that calls itself {@code o} and has its columns; true or false, never
     * null.
     *
     * @param conditions all of which have to hold
     * @param first number of the first parameter, counted up so that many conditions fit one statement
     */
    public static String sql(
            List<AccountCondition> conditions, int first, LocalDate today, Map<String, Object> parameters) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            parts.add("(" + conditions.get(i).filter.sql(first + i, today, parameters) + ") is true");
        }
        return parts.isEmpty() ? "true" : String.join(" and ", parts);
    }

    /**
     * The same for a day that differs from row to row.
     *
     * @param day SQL of type date
     */
    public static String sqlOn(
            List<AccountCondition> conditions, String day, LocalDate today, Map<String, Object> parameters) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            Filter filter = conditions.get(i).filter;
            parts.add("("
                    + (filter.operator() == Operator.WITHIN ? within(filter, day) : filter.sql(i, today, parameters))
                    + ") is true");
        }
        return parts.isEmpty() ? "true" : String.join(" and ", parts);
    }

    private static String within(Filter filter, String day) {
        int days = Integer.parseInt(filter.values().getFirst());
        String other = "(" + day + " + " + days + ")";
        return filter.column().sql() + " between least(" + day + ", " + other + ") and greatest(" + day + ", " + other
                + ")";
    }

    /** SQL of the fact itself, over the same. */
    public String factSql() {
        return filter.column().sql();
    }

    /**
     * Columns of {@code accounts.overview} that conditions read, but for those of health.
     *
     * @param alias of the table
     */
    public static String otherColumns(String alias) {
        return Arrays.stream(ListColumn.values())
                .filter(column -> !ofHealth(column))
                .map(column -> alias + "." + column.key())
                .collect(Collectors.joining(", "));
    }

    /** Whether it asks about the score or the band, whose past is known. */
    public boolean ofHealth() {
        return ofHealth(filter.column());
    }

    private static boolean ofHealth(ListColumn column) {
        return column == ListColumn.SCORE || column == ListColumn.BAND || column == ListColumn.SCORE_CHANGE;
    }

    /** The fact in words, as a page shows what was found. */
    public String found(@Nullable Object value) {
        return Optional.ofNullable(value)
                .map(known -> switch (filter.column().kind()) {
                    case BAND -> shown(filter.column(), known.toString());
                    case SHARE ->
                        new BigDecimal(known.toString()).multiply(HUNDRED).setScale(0, java.math.RoundingMode.HALF_EVEN)
                                + " %";
                    default -> known.toString();
                })
                .orElse("nothing");
    }
}
