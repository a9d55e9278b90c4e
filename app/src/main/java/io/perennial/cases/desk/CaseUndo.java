package io.perennial.cases.desk;

import io.perennial.accounts.Changes;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes back what was done to a case, unless somebody went on with it since: its clocks then run as if it had not happened.
 * What was said to the customer stays said, and what was used of the program stays used.
 */
@Component
class CaseUndo implements Undoable {

    private final JdbcClient database;
    private final CaseEvents events;
    private final CaseClockwork clocks;
    private final Changes changes;
    private final Live live;
    private final Clock clock;

    CaseUndo(JdbcClient database, CaseEvents events, CaseClockwork clocks, Changes changes, Live live, Clock clock) {
        this.database = database;
        this.events = events;
        this.clocks = clocks;
        this.changes = changes;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return CaseVerbs.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        List<String> leftAlone = new ArrayList<>();
        Set<AccountId> touched = new HashSet<>();
        Set<UUID> restored = new HashSet<>();
        for (ChangedThing thing : things.reversed()) {
            UUID id = UUID.fromString(thing.id());
            if (restore(id, thing.before(), thing.after())) {
                restored.add(id);
                if (thing.account() != null) {
                    touched.add(thing.account());
                }
                live.changed("case:" + id);
            } else {
                leftAlone.add("somebody went on with the case since");
            }
        }
        clocks.recount(restored);
        changes.mark(touched);
        live.changed("cases");
        return new UndoResult(restored.size(), leftAlone);
    }

    private boolean restore(UUID id, @Nullable String before, @Nullable String after) {
        int changed = database.sql("update cases.support_case t set (" + CaseRows.FIELDS + ") = (select "
                        + prefixed("b")
                        + " from jsonb_populate_record(null::cases.support_case, cast(:before as jsonb)) b),"
                        + " updated_at = :now, version = version + 1 where t.id = :id and (select to_jsonb(f) from"
                        + " (select "
                        + prefixed("t") + ") f) = cast(:after as jsonb)")
                .param("id", id)
                .param("before", before)
                .param("after", after)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (changed == 1) {
            database.sql("""
                    select cast(cast(:before as jsonb) ->> 'last_event' as bigint) as earlier,
                        cast(cast(:after as jsonb) ->> 'last_event' as bigint) as later
                    """).param("before", before).param("after", after).query(row -> {
                events.undo(id, row.getLong(1), row.getLong(2));
            });
        }
        return changed == 1;
    }

    private static String prefixed(String alias) {
        return alias + "." + CaseRows.FIELDS.replace(", ", ", " + alias + ".");
    }
}
