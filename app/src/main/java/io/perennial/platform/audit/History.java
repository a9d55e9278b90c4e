package io.perennial.platform.audit;

import java.time.Instant;
import java.util.Optional;
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
