package io.perennial.campaigns;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The house writes as it did before. */
@Component
class LetterRulesUndo implements Undoable {

    private final LetterRules rules;

    LetterRulesUndo(LetterRules rules) {
        this.rules = rules;
    }

    @Override
    public String kind() {
        return LetterRules.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            if (!Objects.equals(rules.state(), thing.after())) {
                return "the rules were changed again since";
            }
            rules.restore(thing.before());
            return null;
        });
    }
}
