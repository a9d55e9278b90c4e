package io.perennial.renewals;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes back what people did to a renewal, unless somebody went on with it since. Letters stay sent. */
@Component
class RenewalUndo implements Undoable {

    static final String KIND = "renewal";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WENT_ON = "somebody went on with it since";

    private final JdbcClient database;
    private final RenewalLog log;

    RenewalUndo(JdbcClient database, RenewalLog log) {
        this.database = database;
        this.log = log;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        UndoResult result = UndoResult.of(things.reversed(), this::restore);
        if (result.restored() > 0) {
            Set<UUID> touched = new HashSet<>();
            things.forEach(thing -> {
                UUID renewal = log.renewalOf(thing);
                if (renewal != null && log.isThere(renewal)) {
                    touched.add(renewal);
                }
            });
            touched.forEach(renewal -> log.write(renewal, "took a change back", actor, null));
        }
        return result;
    }

    private @Nullable String restore(ChangedThing thing) {
        Thing kind = Thing.of(thing.type());
        UUID id = UUID.fromString(thing.id());
        String before = thing.before();
        UUID renewal = log.renewalOf(thing);
        if (renewal == null || !log.isThere(renewal)) {
            return "the renewal is gone";
        }
        if (!log.unchanged(kind, id, thing.after())) {
            return WENT_ON;
        }
        int rows;
        if (before == null) {
            rows = database.sql("delete from " + kind.table() + " where id = :id")
                    .param("id", id)
                    .update();
        } else if (thing.after() == null) {
            rows = database.sql("insert into " + kind.table() + " (" + kind.columns() + ") select " + kind.columns()
                            + " from jsonb_populate_record(null::" + kind.table()
                            + ", cast(:state as jsonb)) on conflict do nothing")
                    .param("state", before)
                    .update();
        } else {
            Set<String> changed = Set.copyOf(JSON.readTree(before).propertyNames());
            rows = database.sql("update " + kind.table() + " t set " + kind.assignments(changed)
                            + " from jsonb_populate_record(null::" + kind.table()
                            + ", cast(:state as jsonb)) s where t.id = :id")
                    .param("state", before)
                    .param("id", id)
                    .update();
        }
        return rows == 1 ? null : WENT_ON;
    }
}
