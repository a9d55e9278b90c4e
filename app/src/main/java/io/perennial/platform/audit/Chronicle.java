package io.perennial.platform.audit;

import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What happened to the things of a module, in words: a table of a module's own with the columns n, at, what, actor and change, and one
 * that says which thing it was.
 */
public final class Chronicle {

    private static final int SHOWN = 100;

    private final JdbcClient database;
    private final Clock clock;
    private final String table;
    private final String thing;

    /** @param table such as renewals.event @param thing its column, such as renewal_id */
    public Chronicle(JdbcClient database, Clock clock, String table, String thing) {
        this.database = database;
        this.clock = clock;
        this.table = table;
        this.thing = thing;
    }

    /** @param change by which it can be undone */
    public record Entry(
            Instant at, String what, String actor, @Nullable UUID change) {}

    /** @param what in the past, such as "confirmed Eva Lie" @param change by which it can be undone */
    public void write(UUID id, String what, Actor actor, @Nullable UUID change) {
        database.sql("""
                insert into %s (%s, at, what, actor, change)
                values (:id, :at, :what, :actor, cast(:change as uuid))
                """.formatted(table, thing))
                .param("id", id)
                .param("at", Timestamp.from(clock.instant()))
                .param("what", what)
                .param("actor", actor.name())
                .param("change", change)
                .update();
    }

    /** The last hundred, latest first. What was undone already cannot be undone again. */
    public List<Entry> of(UUID id) {
        return database.sql("""
                select e.at, e.what, e.actor, case when c.id is not null and c.undone_by is null then e.change end as change
                from %s e left join platform.change c on c.id = e.change
                where e.%s = :id order by e.n desc limit :most
                """.formatted(table, thing))
                .param("id", id)
                .param("most", SHOWN)
                .query((row, number) -> new Entry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("what"),
                        row.getString("actor"),
                        row.getObject("change", UUID.class)))
                .list();
    }
}
