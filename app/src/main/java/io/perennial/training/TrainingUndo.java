package io.perennial.training;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes back assignments and rules, unless somebody went on with them since. */
@Component
class TrainingUndo implements Undoable {

    static final String KIND = "training";
    static final String ASSIGNMENT = "training.assignment";
    static final String RULE = "training.rule";

    private static final String WENT_ON = "somebody went on with it since";

    private final JdbcClient database;
    private final ObjectProvider<Assignments> assignments;

    TrainingUndo(JdbcClient database, ObjectProvider<Assignments> assignments) {
        this.database = database;
        this.assignments = assignments;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(
                things.reversed(), thing -> thing.type().equals(RULE) ? rule(thing) : assignment(thing, actor));
    }

    private @Nullable String rule(ChangedThing thing) {
        int rows = thing.before() == null
                ? database.sql("delete from training.rule where id = :id")
                        .param("id", UUID.fromString(thing.id()))
                        .update()
                : database.sql("""
                        insert into training.rule
                        select * from jsonb_populate_record(null::training.rule, cast(:before as jsonb)) on conflict do nothing
                        """).param("before", thing.before()).update();
        return rows == 1 ? null : WENT_ON;
    }

    /** An assignment is taken away, or is there again. */
    private @Nullable String assignment(ChangedThing thing, Actor actor) {
        UUID id = UUID.fromString(thing.id());
        boolean away = thing.before() == null;
        return assignments.getObject().turn(id, away, actor) ? null : WENT_ON;
    }

    static @Nullable String state(JdbcClient database, String table, UUID id) {
        return database.sql("select to_jsonb(t)::text from training." + table + " t where id = :id")
                .param("id", id)
                .query((row, number) -> Objects.requireNonNull(row.getString(1)))
                .optional()
                .orElse(null);
    }
}
