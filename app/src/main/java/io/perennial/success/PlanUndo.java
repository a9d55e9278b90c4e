package io.perennial.success;

import io.perennial.accounts.Changes;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes back what people did to a plan, unless somebody went on with it since. Letters stay sent, confirmations stay given. */
@Component
class PlanUndo implements Undoable {

    static final String KIND = "success-plan";

    private static final String WENT_ON = "somebody went on with it since";

    private final JdbcClient database;
    private final PlanLog log;
    private final Changes changes;
    private final Clock clock;

    PlanUndo(JdbcClient database, PlanLog log, Changes changes, Clock clock) {
        this.database = database;
        this.log = log;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        UndoResult result = UndoResult.of(things.reversed(), this::restore);
        if (result.restored() > 0) {
            things.stream()
                    .map(this::planOf)
                    .filter(Objects::nonNull)
                    .distinct()
                    .forEach(plan -> {
                        log.write(plan, "took a change back", actor, null);
                    });
            changes.mark(things.stream()
                    .map(ChangedThing::account)
                    .filter(Objects::nonNull)
                    .collect(java.util.stream.Collectors.toSet()));
        }
        return result;
    }

    private @Nullable UUID planOf(ChangedThing thing) {
        return PlanThing.of(thing.type()) == PlanThing.PLAN
                ? UUID.fromString(thing.id())
                : database.sql("select (coalesce(cast(:after as jsonb), cast(:before as jsonb)) ->> 'plan_id')::uuid")
                        .param("after", thing.after())
                        .param("before", thing.before())
                        .query(UUID.class)
                        .optional()
                        .orElse(null);
    }

    private @Nullable String restore(ChangedThing thing) {
        PlanThing kind = PlanThing.of(thing.type());
        UUID id = UUID.fromString(thing.id());
        if (!unchanged(kind, id, thing.after())) {
            return WENT_ON;
        }
        Timestamp now = Timestamp.from(clock.instant());
        if (thing.before() == null) {
            if (kind == PlanThing.PLAN && hasWork(id)) {
                return "tasks or letters belong to the plan by now; close it instead";
            }
            return rows("delete from " + kind.table() + " where id = :id", id, null) == 1 ? null : WENT_ON;
        }
        if (kind == PlanThing.OUTCOME) {
            database.sql("""
                    delete from success.reading where outcome_id = :id
                      and day > coalesce(cast(cast(:before as jsonb) ->> 'actual_on' as date), '-infinity')
                    """).param("id", id).param("before", thing.before()).update();
        }
        boolean dated = kind == PlanThing.PLAN || kind == PlanThing.OUTCOME;
        if (thing.after() == null) {
            String columns = kind.columns() + (dated ? ", created_at, updated_at" : "");
            return database.sql("insert into " + kind.table() + " (" + columns + ") select " + kind.columns()
                                            + (dated ? ", :now, :now" : "") + " from jsonb_populate_record(null::"
                                            + kind.table() + ", cast(:state as jsonb)) on conflict do nothing")
                                    .params(dated ? java.util.Map.of("now", now) : java.util.Map.of())
                                    .param("state", thing.before())
                                    .update()
                            == 1
                    ? null
                    : WENT_ON;
        }
        String set = kind.assignments(Set.of(kind.columns().split(", ", -1)))
                + (dated ? ", updated_at = :now, version = t.version + 1" : "");
        return database.sql("update " + kind.table() + " t set " + set + " from jsonb_populate_record(null::"
                                        + kind.table() + ", cast(:state as jsonb)) s where t.id = :id")
                                .params(dated ? java.util.Map.of("now", now) : java.util.Map.of())
                                .param("state", thing.before())
                                .param("id", id)
                                .update()
                        == 1
                ? null
                : WENT_ON;
    }

    private int rows(String sql, UUID id, @Nullable String state) {
        var statement = database.sql(sql).param("id", id);
        return (state == null ? statement : statement.param("state", state)).update();
    }

    private boolean hasWork(UUID plan) {
        return database.sql("""
                select exists (select from success.plan_task where plan_id = :id)
                    or exists (select from success.ask where plan_id = :id)
                """).param("id", plan).query(Boolean.class).single();
    }

    private boolean unchanged(PlanThing thing, UUID id, @Nullable String after) {
        return database.sql("select case when cast(:after as jsonb) is null then not exists (select from "
                        + thing.table() + " where id = :id) else exists (select from (select " + thing.columns()
                        + " from " + thing.table()
                        + " where id = :id) f where to_jsonb(f) = cast(:after as jsonb)) end")
                .param("id", id)
                .param("after", after)
                .query(Boolean.class)
                .single();
    }
}
