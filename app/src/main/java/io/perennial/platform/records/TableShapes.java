package io.perennial.platform.records;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads table shapes once; migrations run before anything else, so they never change while we live. */
@Component
class TableShapes {

    private final JdbcClient database;
    private final Map<String, TableShape> shapes = new ConcurrentHashMap<>();

    TableShapes(JdbcClient database) {
        this.database = database;
    }

    TableShape of(RecordType type) {
        return shapes.computeIfAbsent(type.table(), this::read);
    }

    private TableShape read(String table) {
        Map<String, TableShape.Stored> columns = new HashMap<>();
        database.sql("""
                select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as not_null,
                       pg_get_expr(d.adbin, d.adrelid) as fallback
                from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                where a.attrelid = to_regclass(:table) and a.attnum > 0 and not a.attisdropped
                  and a.attgenerated = ''
                """).param("table", table).query(row -> {
            String type = row.getString("type");
            columns.put(
                    row.getString("name"),
                    new TableShape.Stored(
                            type,
                            row.getBoolean("not_null"),
                            evaluated(row.getString("fallback")),
                            TableShape.Kind.of(type)));
        });
        return new TableShape(Map.copyOf(columns));
    }

    /** The expression comes from our own migrations. */
    private @Nullable String evaluated(@Nullable String expression) {
        return expression == null
                ? null
                : database.sql("select to_jsonb(" + expression + ")::text")
                        .query(String.class)
                        .single();
    }
}
