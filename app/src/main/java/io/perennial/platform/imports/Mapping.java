package io.perennial.platform.imports;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a file become fields of a record type. Columns of the file that are neither named nor ignored
 * become attributes.
 *
 * @param columns field to column of the file, to a template such as {@code {usage_id}/{subscription_id}}, or to a
 *     {@link Summary} of several rows
 * @param ignore columns of the file that are left out; {@code *} for all that are not named
 * @param date pattern of all dates, or null
 * @param dates pattern of the dates of single fields
 * @param decimal {@code .} or {@code ,}; null while nobody has said
 * @param zone of times without offset; null for UTC
 * @param constants fields that have the same value in every row
 * @param values translations of values by field; {@code *} stands for any other value
 * @param rows which rows count, and which of them are one record together
 */
public record Mapping(
        Map<String, String> columns,
        Set<String> ignore,
        @Nullable String date,
        Map<String, String> dates,
        @Nullable String decimal,
        @Nullable String zone,
        Map<String, String> constants,
        Map<String, Map<String, String>> values,
        Rows rows) {

    /**
     * @param only rows count when each of these columns has one of its values; {@code *} is any text
     * @param gather rows with the same values in these fields are one record; none when every row is one
     * @param leaveOutRepeats whether a row counts that says exactly what an earlier one of the same record said
     */
    public record Rows(Map<String, List<String>> only, List<String> gather, boolean leaveOutRepeats) {

        public static final Rows EVERY = new Rows(Map.of(), List.of(), false);

        boolean gathered() {
            return !gather.isEmpty();
        }
    }

    public static final Mapping EMPTY =
            new Mapping(Map.of(), Set.of(), null, Map.of(), null, null, Map.of(), Map.of(), Rows.EVERY);
    public static final String EXTERNAL_ID = "external_id";
    /** Prefix of a target that is an attribute rather than a column of the type. */
    public static final String ATTRIBUTE = "attributes.";

    static final String EVERYTHING = "*";

    /** Whether any row can say something for the field. */
    boolean fills(String field) {
        return columns.containsKey(field) || constants.containsKey(field);
    }

    public Mapping {
        columns = new LinkedHashMap<>(columns);
        ignore = new LinkedHashSet<>(ignore);
        dates = new LinkedHashMap<>(dates);
        constants = new LinkedHashMap<>(constants);
        values = new HashMap<>(values);
    }

    char decimalMark() {
        return decimal == null || decimal.isEmpty() ? '.' : decimal.charAt(0);
    }

    ZoneId zoneId() {
        return zone == null || zone.isBlank() ? ZoneOffset.UTC : ZoneId.of(zone);
    }

    @Nullable
    String datePattern(String field) {
        return dates.getOrDefault(field, date);
    }

    boolean names(String field) {
        return columns.containsKey(field) || constants.containsKey(field);
    }

    /** Whether an expression is a column's name alone, which a form can show. */
    public static boolean isColumn(String expression) {
        return !expression.contains("{") && !Summary.isCall(expression);
    }

    Mapping with(Map<String, String> newColumns, Set<String> newIgnore) {
        return new Mapping(newColumns, newIgnore, date, dates, decimal, zone, constants, values, rows);
    }
}
