package io.perennial.growth;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes back what was done to an opportunity, unless somebody went on with it since. */
@Component
class OpportunityUndo implements Undoable {

    static final String KIND = "opportunity";

    private final OpportunityRows rows;
    private final Live live;
    private final Clock clock;

    OpportunityUndo(OpportunityRows rows, Live live, Clock clock) {
        this.rows = rows;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(java.util.List<ChangedThing> things, Actor actor) {
        UndoResult result = UndoResult.of(
                things,
                thing -> rows.restore(UUID.fromString(thing.id()), thing.before(), thing.after(), clock.instant())
                        ? null
                        : "somebody went on with the opportunity since");
        live.changed("opportunities");
        return result;
    }
}
