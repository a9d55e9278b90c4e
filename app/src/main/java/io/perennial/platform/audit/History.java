package io.perennial.platform.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers who touched what last. */
@Component
public class History {

    private final JdbcClient database;

    History(JdbcClient database) {
        this.database = database;
    }

    /** @param by name of the person, key or system */
    public record Touch(String by, Instant at) {}

    /**
     * What one change did to one thing.
     *
     * @param before JSON object of the changed columns; null when the thing began to exist
     * @param after the same; null when it was taken away
     */
    public record Step(
            Instant at,
            String by,
            String type,
            String thing,
            @Nullable String before,
            @Nullable String after) {}

    /**
     * Everything that happened to some things of one type, the latest first.
     *
     * @param most steps at once
     */
    public List<Step> of(String type, Collection<String> things, int most) {
        return database.sql("""
                select c.at, c.actor_name, r.thing_id, r.before::text as before, r.after::text as after
                from platform.change_row r join platform.change c on c.id = r.change_id
                where r.thing_type = :type and r.thing_id = any(:things)
                order by c.at desc, r.n desc limit :most
                """)
                .param("type", type)
                .param("things", things.toArray(String[]::new))
                .param("most", most)
                .query((row, number) -> new Step(
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor_name"),
                        type,
                        row.getString("thing_id"),
                        row.getString("before"),
                        row.getString("after")))
                .list();
    }

    /**
     * The last change of one column of one thing.
     *
     * @param type as in {@link ChangedThing#type()}
     * @param column as the table calls it
     */
    public Optional<Touch> last(String type, String thing, String column) {
        return database.sql("""
                select c.actor_name, c.at
                from platform.change_row r join platform.change c on c.id = r.change_id
                where r.thing_type = :type and r.thing_id = :thing
                  and (jsonb_exists(r.after, :column) or jsonb_exists(r.before, :column))
                order by c.at desc, r.n desc limit 1
                """)
                .param("type", type)
                .param("thing", thing)
                .param("column", column)
                .query((row, number) ->
                        new Touch(row.getString(1), row.getTimestamp(2).toInstant()))
                .optional();
    }
}
