package io.perennial.platform.records;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists and finds records of conventional tables by their public names. */
@Component
class RecordReads {

    private final JdbcClient database;
    private final TableShapes shapes;
    private final References references;
    private final Cursors cursors;

    RecordReads(JdbcClient database, TableShapes shapes, References references, Cursors cursors) {
        this.database = database;
        this.shapes = shapes;
        this.references = references;
        this.cursors = cursors;
    }

    Optional<Map<String, @Nullable Object>> find(RecordType type, String externalId) {
        RecordQuery query = new RecordQuery(
                type, Map.of("external_id", List.of(externalId)), null, "external_id", List.of(), null, 1);
        return list(query).records().stream().findFirst();
    }

    RecordPage list(RecordQuery query) {
        RecordType type = query.type();
        TableShape shape = shapes.of(type);
        if (!shape.conventional()) {
            throw new RecordQuery.Refused(
                    "type", "not_listed", "Records of this type are written, not read one by one.", type.name());
        }
        for (String field : query.fields()) {
            if (!readableNames(type).contains(field)) {
                throw new RecordQuery.Refused(
                        "fields", "unknown_column", "There is no such column among the " + type.name() + ".", field);
            }
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder where = new StringBuilder("true");
        addFilters(query, shape, where, parameters);
        String sort = query.sort().startsWith("-") ? query.sort().substring(1) : query.sort();
        boolean descending = query.sort().startsWith("-");
        String key = sortColumn(type, shape, sort, query.sort());
        String list =
                type.name() + " " + new TreeMap<>(query.filters()) + " " + query.updatedSince() + " " + query.sort();
        if (query.cursor() != null) {
            addPosition(cursors.read(list, query.cursor()), key, sqlType(shape, key), descending, where, parameters);
        }
        parameters.put("limit", query.limit() + 1);
        String direction = descending ? " desc" : "";
        String sql = "select " + selected(type) + ", cast(t." + key + " as text) as sort_key from " + type.table()
                + " t" + joins(type) + " where " + where + " order by t." + key + direction
                // "nulls last" on the unique external id would keep its index from being used when descending
                + (key.equals("external_id") ? "" : " nulls last, t.id" + direction) + " limit :limit";
        List<Cursors.Position> positions = new ArrayList<>();
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        database.sql(sql).params(parameters).query(row -> {
            if (records.size() < query.limit()) {
                records.add(record(type, row, query.fields()));
                positions.add(new Cursors.Position(row.getString("sort_key"), row.getString("id")));
            } else {
                positions.add(new Cursors.Position(null, ""));
            }
        });
        String next = positions.size() > query.limit() ? cursors.write(list, positions.get(query.limit() - 1)) : null;
        return new RecordPage(records, next);
    }

    private List<Column> readable(RecordType type) {
        return type.columns().stream()
                .filter(column -> !references.roundabout(type, column))
                .toList();
    }

    private List<String> readableNames(RecordType type) {
        List<String> names =
                new ArrayList<>(List.of("external_id", "attributes", "id", "created_at", "updated_at", "version"));
        readable(type).forEach(column -> names.add(column.name()));
        return names;
    }

    private void addFilters(RecordQuery query, TableShape shape, StringBuilder where, Map<String, Object> parameters) {
        if (query.updatedSince() != null) {
            where.append(" and t.updated_at >= :since");
            parameters.put("since", Timestamp.from(query.updatedSince()));
        }
        int number = 0;
        for (Map.Entry<String, List<String>> filter : query.filters().entrySet()) {
            String parameter = "f" + number++;
            String name = filter.getKey();
            Column column = name.equals("external_id")
                    ? Column.of("external_id", ColumnType.TEXT, "", "")
                    : readable(query.type()).stream()
                            .filter(c -> c.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> new RecordQuery.Refused(
                                    name,
                                    "unknown_column",
                                    "There is no such column to filter by among the "
                                            + query.type().name() + ".",
                                    String.join(",", filter.getValue())));
            List<String> accepted = accepted(query.type(), column, filter.getValue(), shape);
            String left = column.type() == ColumnType.TEXT_LIST
                    ? "t." + column.storedIn() + " && "
                    : "t." + column.storedIn() + " = any";
            String cast = column.type() == ColumnType.TEXT_LIST
                    ? "cast(:" + parameter + " as text[])"
                    : "(cast(:" + parameter + " as " + sqlType(shape, column.storedIn()) + "[]))";
            where.append(" and ").append(left).append(cast);
            parameters.put(parameter, accepted.toArray(String[]::new));
        }
    }

    private List<String> accepted(RecordType type, Column column, List<String> raw, TableShape shape) {
        List<String> accepted = new ArrayList<>();
        for (String text : raw) {
            try {
                Object value = Values.read(column, text, Records.Formats.ISO, shape.kind(column.storedIn()));
                if (column.type() == ColumnType.REFERENCE && value != null) {
                    UUID id = references
                            .known(type, column, List.of(value.toString()))
                            .get(value.toString());
                    if (id != null) {
                        accepted.add(id.toString());
                    }
                } else if (value instanceof List<?> several) {
                    several.forEach(one -> accepted.add(String.valueOf(one)));
                } else if (value != null) {
                    accepted.add(value instanceof BigDecimal n ? n.toPlainString() : value.toString());
                }
            } catch (BadValue e) {
                throw new RecordQuery.Refused(column.name(), e.code(), e.message(), text);
            }
        }
        return accepted;
    }

    private String sortColumn(RecordType type, TableShape shape, String name, String asked) {
        if (List.of("external_id", "created_at", "updated_at").contains(name)) {
            return name;
        }
        return readable(type).stream()
                .filter(column -> column.name().equals(name)
                        && column.type() != ColumnType.TEXT_LIST
                        && column.type() != ColumnType.REFERENCE
                        && shape.columns().containsKey(column.storedIn()))
                .map(Column::storedIn)
                .findFirst()
                .orElseThrow(() -> new RecordQuery.Refused(
                        "sort", "unknown_column", "The " + type.name() + " cannot be sorted by this.", asked));
    }

    private static String sqlType(TableShape shape, String column) {
        TableShape.Stored stored = shape.columns().get(column);
        return stored == null ? "text" : stored.sqlType();
    }

    private static void addPosition(
            Cursors.Position position,
            String key,
            String sqlType,
            boolean descending,
            StringBuilder where,
            Map<String, Object> parameters) {
        String beyond = descending ? "<" : ">";
        parameters.put("after_id", UUID.fromString(position.id()));
        if (position.value() == null) {
            where.append(" and t.")
                    .append(key)
                    .append(" is null and t.id ")
                    .append(beyond)
                    .append(" :after_id");
            return;
        }
        parameters.put("after", position.value());
        String last = key.equals("external_id") ? "" : " or t." + key + " is null";
        where.append(" and ((t.%1$s, t.id) %2$s (cast(:after as %3$s), :after_id)%4$s)"
                .formatted(key, beyond, sqlType, last));
    }

    private String selected(RecordType type) {
        StringBuilder names = new StringBuilder(
                "t.id, t.external_id, t.attributes::text as attributes, t.created_at, t.updated_at, t.version");
        for (Column column : readable(type)) {
            RecordType target = references.target(column);
            String source = target == null ? "t." + column.storedIn() : alias(column) + ".external_id";
            names.append(", ").append(source).append(" as ").append("c_").append(column.name());
        }
        return names.toString();
    }

    private String joins(RecordType type) {
        StringBuilder joins = new StringBuilder();
        for (Column column : readable(type)) {
            RecordType target = references.target(column);
            if (target != null) {
                joins.append(" left join %1$s %2$s on %2$s.id = t.%3$s"
                        .formatted(target.table(), alias(column), column.storedIn()));
            }
        }
        return joins.toString();
    }

    private static String alias(Column column) {
        return "r_" + column.name();
    }

    private Map<String, @Nullable Object> record(RecordType type, ResultSet row, List<String> fields)
            throws SQLException {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("external_id", row.getString("external_id"));
        for (Column column : readable(type)) {
            record.put(column.name(), value(column, row));
        }
        record.put("attributes", Json.parse(row.getString("attributes")));
        record.put("id", row.getString("id"));
        record.put("created_at", row.getTimestamp("created_at").toInstant());
        record.put("updated_at", row.getTimestamp("updated_at").toInstant());
        record.put("version", row.getInt("version"));
        if (!fields.isEmpty()) {
            record.keySet().removeIf(name -> !fields.contains(name) && !name.equals("external_id"));
        }
        return record;
    }

    private static @Nullable Object value(Column column, ResultSet row) throws SQLException {
        String name = "c_" + column.name();
        return switch (column.type()) {
            case INTEGER -> {
                long number = row.getLong(name);
                yield row.wasNull() ? null : number;
            }
            case DECIMAL, MONEY -> row.getBigDecimal(name);
            case DATE -> row.getObject(name, LocalDate.class);
            case INSTANT -> {
                Timestamp time = row.getTimestamp(name);
                yield time == null ? null : time.toInstant();
            }
            case BOOLEAN -> {
                boolean yes = row.getBoolean(name);
                yield row.wasNull() ? null : yes;
            }
            case TEXT_LIST -> {
                Array list = row.getArray(name);
                yield list == null ? List.of() : List.of((Object[]) list.getArray());
            }
            default -> row.getString(name);
        };
    }
}
