package io.perennial.contracts;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes back how revenue is counted. */
@Component
class RevenueRulesUndo implements Undoable {

    private final RevenueRules rules;

    RevenueRulesUndo(RevenueRules rules) {
        this.rules = rules;
    }

    @Override
    public String kind() {
        return RevenueRules.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        int restored = 0;
        List<String> leftAlone = new ArrayList<>();
        for (ChangedThing thing : things.reversed()) {
            if (thing.before() != null && rules.state().equals(thing.after())) {
                rules.restore(thing.before());
                restored++;
            } else {
                leftAlone.add("rules that were set again since");
            }
        }
        return new UndoResult(restored, leftAlone);
    }
}
