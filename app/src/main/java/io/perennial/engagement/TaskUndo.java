package io.perennial.engagement;

import io.perennial.accounts.Changes;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes back what was done to tasks, unless somebody went on with them since. */
@Component
class TaskUndo implements Undoable {

    private final JdbcClient database;
    private final Changes changes;
    private final Clock clock;

    TaskUndo(JdbcClient database, Changes changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return Tasks.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        List<String> leftAlone = new ArrayList<>();
        Set<AccountId> touched = new HashSet<>();
        int restored = 0;
        for (ChangedThing thing : things) {
            if (restore(thing)) {
                restored++;
                if (thing.account() != null) {
                    touched.add(thing.account());
                }
            } else {
                leftAlone.add(thing.id());
            }
        }
        changes.mark(touched);
        return new UndoResult(restored, leftAlone);
    }

    private boolean restore(ChangedThing thing) {
        String unchanged = "(select to_jsonb(f) from (select " + prefixed("t") + ") f) = cast(:after as jsonb)";
        if (thing.before() == null) {
            return database.sql("delete from engagement.task t where t.id = :id and " + unchanged)
                            .param("id", UUID.fromString(thing.id()))
                            .param("after", thing.after())
                            .update()
                    == 1;
        }
        return database.sql("update engagement.task t set (" + TaskRows.FIELDS + ") = (select " + prefixed("b")
                                + " from jsonb_populate_record(null::engagement.task, cast(:before as jsonb)) b),"
                                + " updated_at = :now, version = version + 1 where t.id = :id and " + unchanged)
                        .param("id", UUID.fromString(thing.id()))
                        .param("before", thing.before())
                        .param("after", thing.after())
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    private static String prefixed(String alias) {
        return alias + "." + TaskRows.FIELDS.replace(", ", ", " + alias + ".");
    }
}
