package io.perennial.engagement.cadence;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes the last version back: the one before is in force again. */
@Component
class CadenceUndo implements Undoable {

    private final JdbcClient database;
    private final Live live;

    CadenceUndo(JdbcClient database, Live live) {
        this.database = database;
        this.live = live;
    }

    @Override
    public String kind() {
        return Cadences.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        UndoResult result = UndoResult.of(things, thing -> {
            int gone = database.sql("""
                    delete from engagement.cadence_version v where v.version = :version
                      and v.version = (select max(n.version) from engagement.cadence_version n)
                    """)
                    .param("version", Integer.parseInt(thing.id()))
                    .update();
            return gone == 1 ? null : "another version was published since";
        });
        live.changed("engagement");
        return result;
    }
}
