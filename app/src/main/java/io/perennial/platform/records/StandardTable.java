package io.perennial.platform.records;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The statements on a conventional table, each for any number of rows. An <em>item</em> is a JSON object of stored
 * columns to set, with {@code external_id} or {@code id}; {@code attributes} are merged, a null removes.
 */
final class StandardTable {

    /** The record {@code t} with the item's columns laid over it: absent keeps, null clears. */
    private static final String OVERLAID = """
            jsonb_populate_record(t, (item.value - 'id') || jsonb_build_object('attributes',
                jsonb_strip_nulls(t.attributes || coalesce(item.value -> 'attributes', '{}'))))
            """;

    private final JdbcClient database;
    private final String table;
    private final Set<String> stored;

    StandardTable(JdbcClient database, RecordType type) {
        this.database = database;
        this.table = type.table();
        this.stored =
                type.columns().stream().map(Column::storedIn).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * @param before and after: the whole row as JSON, null when the item changes nothing
     */
    record Existing(
            UUID id,
            int version,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) {}

    /** Compares items with what is stored, by external id; takes no locks, so an unchanged batch writes nothing. */
    Map<String, Existing> compare(ArrayNode items) {
        Map<String, Existing> existing = HashMap.newHashMap(items.size());
        database.sql("""
                select t.external_id, t.id, t.version,
                       case when m is distinct from t then to_jsonb(t)::text end,
                       case when m is distinct from t then to_jsonb(m)::text end
                from jsonb_array_elements(cast(:items as jsonb)) item
                join %s t on t.external_id = item.value ->> 'external_id'
                cross join lateral %s m
                """.formatted(table, OVERLAID))
                .param("items", items.toString())
                .query(row -> {
                    String before = row.getString(4);
                    String after = row.getString(5);
                    existing.put(
                            row.getString(1),
                            new Existing(
                                    row.getObject(2, UUID.class),
                                    row.getInt(3),
                                    before == null ? null : Json.parse(before),
                                    after == null ? null : Json.parse(after)));
                });
        return existing;
    }

    /** Locks rows in one order, so that two imports of one file cannot block each other; answers their versions. */
    Map<UUID, Integer> lock(Set<UUID> ids) {
        Map<UUID, Integer> versions = HashMap.newHashMap(ids.size());
        database.sql("select id, version from " + table + " where id = any(:ids) order by id for no key update")
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    versions.put(row.getObject(1, UUID.class), row.getInt(2));
                });
        return versions;
    }

    /** @return identities really inserted; an external id that somebody else just took is left out */
    Set<UUID> insert(ArrayNode items, Instant now) {
        String names = stored.stream().map(name -> ", " + name).collect(Collectors.joining());
        String values = stored.stream().map(name -> ", m." + name).collect(Collectors.joining());
        return new HashSet<>(database.sql("""
                insert into %1$s (id, external_id, attributes, created_at, updated_at, version%2$s)
                select m.id, m.external_id, m.attributes, :now, :now, 1%3$s
                from jsonb_array_elements(cast(:items as jsonb)) item
                cross join lateral jsonb_populate_record(null::%1$s, item.value) m
                order by m.external_id
                on conflict (external_id) do nothing
                returning id
                """.formatted(table, names, values))
                .param("items", items.toString())
                .param("now", Timestamp.from(now))
                .query(UUID.class)
                .list());
    }

    /** Lays items over rows found by id; the rows must be locked. */
    void update(ArrayNode items, Instant now) {
        String sets =
                stored.stream().map(name -> ", %1$s = m.%1$s".formatted(name)).collect(Collectors.joining());
        database.sql("""
                update %1$s changed set attributes = m.attributes, updated_at = :now, version = t.version + 1%2$s
                from jsonb_array_elements(cast(:items as jsonb)) item
                join %1$s t on t.id = cast(item.value ->> 'id' as uuid)
                cross join lateral %3$s m
                where changed.id = t.id
                """.formatted(table, sets, OVERLAID))
                .param("items", items.toString())
                .param("now", Timestamp.from(now))
                .update();
    }

    /**
     * Which rows still hold exactly what the items say.
     *
     * @param whole compare all attributes instead of the named ones
     */
    Set<UUID> stillEqual(ArrayNode items, boolean whole) {
        return new HashSet<>(database.sql("""
                select t.id
                from jsonb_array_elements(cast(:items as jsonb)) item
                join %s t on t.id = cast(item.value ->> 'id' as uuid)
                cross join lateral %s m
                where m is not distinct from t
                  and (not :whole or t.attributes = coalesce(item.value -> 'attributes', '{}'))
                """.formatted(table, OVERLAID))
                .param("items", items.toString())
                .param("whole", whole)
                .query(UUID.class)
                .list());
    }

    void delete(List<UUID> ids) {
        database.sql("delete from " + table + " where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    Set<String> stored() {
        return stored;
    }
}
