package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.DateVerdict;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Proposes which column of a file is which field, by name and by the other names that each field is known under. */
final class MappingSuggestion {

    private MappingSuggestion() {}

    static Mapping suggest(RecordType type, List<Header> headers) {
        Map<String, String> columns = new LinkedHashMap<>();
        Set<Integer> taken = new LinkedHashSet<>();
        // Exact names first, so that an alias of one field never takes another field's own column.
        offer(columns, taken, headers, Mapping.EXTERNAL_ID, List.of(Mapping.EXTERNAL_ID));
        for (Column column : type.columns()) {
            offer(columns, taken, fitting(column, headers), column.name(), List.of(column.name()));
        }
        offer(columns, taken, headers, Mapping.EXTERNAL_ID, identityNames(type));
        for (Column column : type.columns()) {
            offer(columns, taken, fitting(column, headers), column.name(), otherNames(column));
        }
        offer(columns, taken, headers, Mapping.EXTERNAL_ID, List.of("id", "key", "uuid", "number"));
        if (!columns.containsKey(Mapping.EXTERNAL_ID)) {
            mailIdentity(type, columns);
        }
        return new Mapping(
                columns,
                Set.of(),
                null,
                dates(type, columns, headers),
                null,
                null,
                Map.of(),
                Map.of(),
                Mapping.Rows.EVERY);
    }

    /** People without an id are told apart by their address, whatever its case. */
    private static void mailIdentity(RecordType type, Map<String, String> columns) {
        type.columns().stream()
                .filter(column -> column.type() == ColumnType.EMAIL && columns.containsKey(column.name()))
                .findFirst()
                .ifPresent(column -> columns.put(Mapping.EXTERNAL_ID, "{" + columns.get(column.name()) + ":lower}"));
    }

    private static Map<String, String> dates(RecordType type, Map<String, String> columns, List<Header> headers) {
        Map<String, String> dates = new LinkedHashMap<>();
        for (Column column : type.columns()) {
            if (!isDate(column)) {
                continue;
            }
            headers.stream()
                    .filter(header -> header.key().equals(columns.get(column.name())))
                    .map(Header::dates)
                    .filter(verdict -> verdict.kind() == DateVerdict.Kind.CLEAR)
                    .map(DateVerdict::pattern)
                    .filter(pattern -> pattern != null)
                    .findFirst()
                    .ifPresent(pattern -> dates.put(column.name(), pattern));
        }
        return dates;
    }

    static boolean isDate(Column column) {
        return column.type() == ColumnType.DATE || column.type() == ColumnType.INSTANT;
    }

    static boolean isNumber(Column column) {
        return column.type() == ColumnType.DECIMAL || column.type() == ColumnType.MONEY;
    }

    private static List<String> identityNames(RecordType type) {
        String one = singular(type.name());
        String last = one.substring(one.lastIndexOf('-') + 1);
        return List.of(one + "id", last + "id", one + "externalid", one + "key", one + "number");
    }

    private static List<String> otherNames(Column column) {
        List<String> names = new ArrayList<>(column.aliases());
        if (column.type() == ColumnType.REFERENCE) {
            names.add(column.name() + "_id");
            names.add(column.name() + "_external_id");
        }
        return names;
    }

    /** A column whose words are no choice of the field only shares its name: "kind" may be anything. */
    private static List<Header> fitting(Column column, List<Header> headers) {
        if (column.type() != ColumnType.CHOICE) {
            return headers;
        }
        return headers.stream()
                .filter(header -> header.samples().isEmpty()
                        || header.samples().stream()
                                .anyMatch(sample -> column.choice(sample).isPresent()))
                .toList();
    }

    /** A repeated header is never suggested: a person says which of them is meant. */
    private static void offer(
            Map<String, String> columns, Set<Integer> taken, List<Header> headers, String field, List<String> names) {
        if (columns.containsKey(field)) {
            return;
        }
        for (String name : names) {
            for (Header header : headers) {
                if (!header.repeated()
                        && !taken.contains(header.index())
                        && bare(header.key()).equals(bare(name))) {
                    columns.put(field, header.key());
                    taken.add(header.index());
                    return;
                }
            }
        }
    }

    private static String bare(String name) {
        return Header.fold(name).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    static String singular(String plural) {
        if (plural.endsWith("ies")) {
            return plural.substring(0, plural.length() - 3) + "y";
        }
        return plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
    }
}
