package io.perennial.defects;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Chronicle;
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

    private final JdbcClient database;
    private final Chronicle chronicle;

    DefectLog(JdbcClient database, Clock clock) {
        this.database = database;
        this.chronicle = new Chronicle(database, clock, "defects.event", "defect_id");
    }

    public void write(UUID defect, String what, Actor actor, @Nullable UUID change) {
        chronicle.write(defect, what, actor, change);
    }

    public List<Chronicle.Entry> of(UUID defect) {
        return chronicle.of(defect);
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
