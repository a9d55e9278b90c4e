package io.perennial.cancellations;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes back what is offered and when, unless it was set again since. */
@Component
class LeavingRulesUndo implements Undoable {

    private final LeavingRules rules;

    LeavingRulesUndo(LeavingRules rules) {
        this.rules = rules;
    }

    @Override
    public String kind() {
        return LeavingRules.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(
                things,
                thing -> rules.restore(thing.after(), thing.before()) ? null : "rules that were set again since");
    }
}
