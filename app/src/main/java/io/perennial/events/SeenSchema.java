package io.perennial.events;

import io.perennial.identity.Viewer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Which events a source sends and which properties they have, as far as samples showed. */
@Component
public class SeenSchema {

    /** Names kept of each source. */
    public static final int NAMES = 500;

    /** Properties kept of each name. */
    public static final int PROPERTIES = 100;

    private final JdbcClient database;

    SeenSchema(JdbcClient database) {
        this.database = database;
    }

    /** @param types in words, ascending */
    public record Property(String name, List<String> types, Instant firstAt, Instant lastAt) {}

    /** @param name of the event or page; empty for identify, group and alias */
    public record Name(
            String kind, String name, long sampled, Instant firstAt, Instant lastAt, List<Property> properties) {}

    private record Key(int kind, String name) {}

    /**
     * The most frequent first.
     *
     * @throws AccessDeniedException unless the viewer is an administrator
     */
    public List<Name> of(Viewer viewer, int source) {
        Sources.onlyAdministrators(viewer);
        Map<Key, List<Property>> properties = new LinkedHashMap<>();
        database.sql("""
                select kind, name, property, types, first_at, last_at from events.seen_property
                where source_id = :source order by kind, name, property
                """).param("source", source).query(row -> {
            properties
                    .computeIfAbsent(new Key(row.getInt("kind"), row.getString("name")), key -> new ArrayList<>())
                    .add(new Property(
                            row.getString("property"),
                            List.of((String[]) row.getArray("types").getArray()),
                            row.getTimestamp("first_at").toInstant(),
                            row.getTimestamp("last_at").toInstant()));
        });
        return database.sql("""
                select kind, name, sampled, first_at, last_at from events.seen_name
                where source_id = :source order by sampled desc, kind, name
                """)
                .param("source", source)
                .query((row, number) -> new Name(
                        Kinds.word(row.getInt("kind")),
                        row.getString("name"),
                        row.getLong("sampled"),
                        row.getTimestamp("first_at").toInstant(),
                        row.getTimestamp("last_at").toInstant(),
                        properties.getOrDefault(new Key(row.getInt("kind"), row.getString("name")), List.of())))
                .list();
    }
}
