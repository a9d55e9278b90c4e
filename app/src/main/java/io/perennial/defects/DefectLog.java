package io.perennial.defects;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happened to defects, in words. */
@Component
public class DefectLog {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHOWN = 100;

    private final JdbcClient database;
    private final Clock clock;

    DefectLog(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param change by which it can be undone */
    public record Entry(
            Instant at, String what, String actor, @Nullable UUID change) {}

    public void write(UUID defect, String what, Actor actor, @Nullable UUID change) {
        database.sql("""
                insert into defects.event (defect_id, at, what, actor, change)
                values (:defect, :at, :what, :actor, cast(:change as uuid))
                """)
                .param("defect", defect)
                .param("at", Timestamp.from(clock.instant()))
                .param("what", what)
                .param("actor", actor.name())
                .param("change", change)
                .update();
    }

    /** Latest first. What was undone already cannot be undone again. */
    public List<Entry> of(UUID defect) {
        return database.sql("""
                select e.at, e.what, e.actor, case when c.id is not null and c.undone_by is null then e.change end as change
                from defects.event e left join platform.change c on c.id = e.change
                where e.defect_id = :defect order by e.n desc limit :most
                """)
                .param("defect", defect)
                .param("most", SHOWN)
                .query((row, number) -> new Entry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("what"),
                        row.getString("actor"),
                        row.getObject("change", UUID.class)))
                .list();
    }

    /** Who did what since a page was shown, as a sentence. */
    String since(UUID defect, Instant seen) {
        return database.sql("""
                select string_agg(actor || ' ' || what, '; ' order by n) from (
                    select n, actor, what from defects.event where defect_id = :defect and at > :seen order by n desc limit 3) e
                """)
                .param("defect", defect)
                .param("seen", Timestamp.from(seen))
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single()
                .map(news -> news + ".")
                .orElse("It was changed since you opened it.");
    }

    /** Which defect a change was about. */
    Optional<UUID> defectOf(ChangedThing thing) {
        if (thing.type().equals(DefectTable.DEFECT.type())) {
            return Optional.of(UUID.fromString(thing.id()));
        }
        String row = thing.after() == null ? thing.before() : thing.after();
        JsonNode defect = row == null ? null : JSON.readTree(row).get("defect_id");
        return defect == null || defect.isNull() ? Optional.empty() : Optional.of(UUID.fromString(defect.asString()));
    }
}
