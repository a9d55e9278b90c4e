package io.perennial.metrics.profit;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Investments that somebody thought through, under a name. */
@Component
public class Scenarios implements Undoable {

    static final String KIND = "what-if-scenario";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Scenarios(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param inputs as they were typed, by name */
    public record Scenario(UUID id, String name, Map<String, String> inputs, String savedBy, Instant savedAt) {}

    /** The latest first; at most 100. */
    public List<Scenario> all() {
        return database.sql("select * from metrics.scenario order by saved_at desc, id limit 100")
                .query((row, number) -> new Scenario(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        inputs(row.getString("inputs")),
                        row.getString("saved_by"),
                        row.getTimestamp("saved_at").toInstant()))
                .list();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> inputs(String json) {
        return (Map<String, String>) JSON.readValue(json, Map.class);
    }

    /** Under a name that is known it replaces what was saved. */
    @Transactional
    public @Nullable UUID save(String name, Map<String, String> inputs, Viewer viewer) {
        leaders(viewer);
        UUID id = idOf(name).orElseGet(Ids::next);
        String before = said(id.toString());
        database.sql("""
                insert into metrics.scenario (id, name, inputs, saved_by, saved_at)
                values (:id, :name, cast(:inputs as jsonb), :by, :now)
                on conflict (id) do update set name = excluded.name, inputs = excluded.inputs, saved_by = excluded.saved_by,
                    saved_at = excluded.saved_at
                """)
                .param("id", id)
                .param("name", name)
                .param("inputs", JSON.writeValueAsString(inputs))
                .param("by", viewer.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return record(id, before, "Scenario " + name + " saved", viewer);
    }

    @Transactional
    public @Nullable UUID remove(UUID id, Viewer viewer) {
        leaders(viewer);
        String before = said(id.toString());
        forget(id.toString());
        return record(id, before, "A scenario removed", viewer);
    }

    private @Nullable UUID record(UUID id, @Nullable String before, String what, Viewer viewer) {
        String after = said(id.toString());
        return Objects.equals(before, after)
                ? null
                : audit.record(
                        viewer.actor(),
                        KIND,
                        what,
                        List.of(new ChangedThing(KIND, id.toString(), null, before, after)));
    }

    private static void leaders(Viewer viewer) {
        if (!CostRates.maySet(viewer)) {
            throw new AccessDeniedException("Only leaders save scenarios.");
        }
    }

    private Optional<UUID> idOf(String name) {
        return database.sql("select id from metrics.scenario where lower(name) = lower(:name)")
                .param("name", name)
                .query(UUID.class)
                .optional();
    }

    private @Nullable String said(String id) {
        return database.sql("select to_jsonb(s)::text from metrics.scenario s where id::text = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private void forget(String id) {
        database.sql("delete from metrics.scenario where id::text = :id")
                .param("id", id)
                .update();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        int restored = 0;
        List<String> leftAlone = new ArrayList<>();
        for (ChangedThing thing : things.reversed()) {
            if (!Objects.equals(said(thing.id()), thing.after())) {
                leftAlone.add("a scenario that was saved again since");
                continue;
            }
            forget(thing.id());
            if (thing.before() != null) {
                database.sql("""
                        insert into metrics.scenario
                        select * from jsonb_populate_record(null::metrics.scenario, cast(:said as jsonb))
                        """).param("said", thing.before()).update();
            }
            restored++;
        }
        return new UndoResult(restored, leftAlone);
    }
}
