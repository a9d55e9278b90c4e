package io.perennial.contracts;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Takes back what a word counts as, unless somebody said something else since. */
@Component
class ReasonsUndo implements Undoable {

    private final Reasons reasons;

    ReasonsUndo(Reasons reasons) {
        this.reasons = reasons;
    }

    @Override
    public String kind() {
        return Reasons.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        reasons.hold();
        return UndoResult.of(things, thing -> {
            if (!Objects.equals(reasons.state(thing.id()), thing.after())) {
                return "“" + thing.id() + "”, which was said anew since";
            }
            reasons.restore(thing.id(), thing.before());
            return null;
        });
    }
}
