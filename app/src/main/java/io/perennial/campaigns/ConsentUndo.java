package io.perennial.campaigns;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes a statement back that was written down by mistake. What the reader said themselves only the reader takes back. */
@Component
class ConsentUndo implements Undoable {

    private static final List<String> OF_THE_READER = List.of(Consents.ONE_CLICK, Consents.COMPLAINT, Consents.CHOICES);

    private final Consents consents;

    ConsentUndo(Consents consents) {
        this.consents = consents;
    }

    @Override
    public String kind() {
        return Consents.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            String after = thing.after();
            if (after == null
                    || OF_THE_READER.stream().anyMatch(source -> after.contains("\"source\": \"" + source + '"'))) {
                return "it was said by the reader";
            }
            return consents.remove(List.of(UUID.fromString(thing.id()))) == 1 ? null : "the statement is gone";
        });
    }
}
