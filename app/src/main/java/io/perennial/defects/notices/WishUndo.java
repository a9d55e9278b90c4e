package io.perennial.defects.notices;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes back what staff said of a reader's wishes, unless the reader or somebody else spoke since. */
@Component
class WishUndo implements Undoable {

    static final String KIND = "notice-wish";

    private final JdbcClient database;

    WishUndo(JdbcClient database) {
        this.database = database;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(
                things.reversed(),
                thing -> restore(thing) ? null : "what they want to be told was changed again since");
    }

    private boolean restore(ChangedThing thing) {
        String unchanged = " where w.id = :id and (to_jsonb(w) - 'version') = cast(:after as jsonb)";
        JdbcClient.StatementSpec statement = thing.before() == null
                ? database.sql("delete from defects.wish w" + unchanged)
                : database.sql("""
                        update defects.wish w set (channel, known_issue, news, maintenance, changed_by, changed_at) =
                            (select b.channel, b.known_issue, b.news, b.maintenance, b.changed_by, b.changed_at
                             from jsonb_populate_record(null::defects.wish, cast(:before as jsonb)) b),
                            version = w.version + 1
                        """ + unchanged).param("before", thing.before());
        return statement
                        .param("id", UUID.fromString(thing.id()))
                        .param("after", thing.after())
                        .update()
                == 1;
    }
}
