package io.perennial.success;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to plans, in words; each change can be undone as long as nobody went on with it. */
@Component
class PlanLog {

    private final JdbcClient database;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    PlanLog(JdbcClient database, Audit audit, Live live, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** A row that a change is about to touch. */
    record Row(PlanThing thing, UUID id) {}

    /** @param what it is called where the change is told */
    record About(UUID plan, AccountId account, String what) {}

    /**
     * Runs a change and writes down what it changed.
     *
     * @param did in the past, such as "closed it"
     * @return the change, for undo; null when nothing changed
     */
    @Nullable
    UUID changed(About about, String did, List<Row> rows, Actor actor, Runnable change) {
        Map<Row, String> before = new LinkedHashMap<>();
        rows.forEach(row -> before.put(row, text(state(row.thing(), row.id()))));
        change.run();
        List<ChangedThing> things = new ArrayList<>();
        before.forEach((row, was) -> {
            String is = text(state(row.thing(), row.id()));
            if (!was.equals(is)) {
                things.add(new ChangedThing(
                        row.thing().type(), row.id().toString(), about.account(), nothing(was), nothing(is)));
            }
        });
        if (things.isEmpty()) {
            return null;
        }
        UUID id = audit.record(actor, PlanUndo.KIND, "Success plan " + about.what() + ": " + did, things);
        write(about.plan(), did, actor, id);
        return id;
    }

    void write(UUID plan, String did, Actor actor, @Nullable UUID change) {
        database.sql("""
                insert into success.event (plan_id, at, what, actor, change)
                select id, :at, :what, :actor, cast(:change as uuid) from success.plan where id = :plan
                """)
                .param("plan", plan)
                .param("at", Timestamp.from(clock.instant()))
                .param("what", did)
                .param("actor", actor.name())
                .param("change", change)
                .update();
        database.sql("update success.plan set version = version + 1, updated_at = :now where id = :plan")
                .param("plan", plan)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        live.changed("success-plan:" + plan);
        live.changed("success-plans");
    }

    /** The row as the database writes it: what undo compares with; null when there is none. */
    @Nullable
    String state(PlanThing thing, UUID id) {
        return database.sql("select to_jsonb(f)::text from (select " + thing.compared() + " from " + thing.table()
                        + " where id = :id) f")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static String text(@Nullable String state) {
        return state == null ? "" : state;
    }

    private static @Nullable String nothing(String state) {
        return state.isEmpty() ? null : state;
    }
}
