package io.perennial.platform.imports;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a file become fields of a record type. Columns of the file that are neither named nor ignored
 * become attributes.
 *
 * @param columns field to column of the file, or to a template such as {@code {usage_id}/{subscription_id}}
 * @param ignore columns of the file that are left out; {@code *} for all that are not named
 * @param date pattern of all dates, or null
 * @param dates pattern of the dates of single fields
 * @param decimal {@code .} or {@code ,}; null while nobody has said
 * @param zone of times without offset; null for UTC
 * @param constants fields that have the same value in every row
 * @param values translations of values by field; {@code *} stands for any other value
 */
public record Mapping(
        Map<String, String> columns,
        Set<String> ignore,
        @Nullable String date,
        Map<String, String> dates,
        @Nullable String decimal,
        @Nullable String zone,
        Map<String, String> constants,
        Map<String, Map<String, String>> values) {

    public static final Mapping EMPTY = new Mapping(Map.of(), Set.of(), null, Map.of(), null, null, Map.of(), Map.of());
    public static final String EXTERNAL_ID = "external_id";
    /** Prefix of a target that is an attribute rather than a column of the type. */
    public static final String ATTRIBUTE = "attributes.";

    static final String EVERYTHING = "*";

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

    Mapping with(Map<String, String> newColumns, Set<String> newIgnore) {
        return new Mapping(newColumns, newIgnore, date, dates, decimal, zone, constants, values);
    }
}
