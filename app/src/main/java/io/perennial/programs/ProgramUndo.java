package io.perennial.programs;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.programs.Program.Version;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes back edits of drafts and programs. What is published stays. */
@Component
class ProgramUndo implements Undoable {

    static final String KIND = "program";
    static final String PROGRAM = "program";
    static final String DRAFT = "program-draft";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Catalogue catalogue;

    ProgramUndo(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static String json(Program program) {
        return JSON.writeValueAsString(program);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        int restored = 0;
        List<String> leftAlone = new ArrayList<>();
        for (ChangedThing thing : things) {
            String why = thing.type().equals(DRAFT) ? draft(thing) : program(thing);
            if (why == null) {
                restored++;
            } else {
                leftAlone.add(why);
            }
        }
        return new UndoResult(restored, leftAlone);
    }

    /** @return why not; null when it was restored */
    private @Nullable String draft(ChangedThing thing) {
        Version now = catalogue.version(UUID.fromString(thing.id())).orElse(null);
        if (now == null || thing.before() == null || thing.after() == null) {
            return "a draft that is gone";
        }
        if (!now.draft()) {
            return "version " + now.number() + " is published and stays as it is";
        }
        if (!now.offer().equals(Offer.parse(thing.after()))) {
            return "draft " + now.number() + " was changed again since";
        }
        catalogue.storeDraft(now.id(), Offer.parse(thing.before()));
        return null;
    }

    private @Nullable String program(ChangedThing thing) {
        Program now = catalogue.program(UUID.fromString(thing.id())).orElse(null);
        if (now == null || thing.after() == null) {
            return "a program that is gone";
        }
        if (!now.equals(JSON.readValue(thing.after(), Program.class))) {
            return now.name() + " was changed again since";
        }
        if (thing.before() != null) {
            catalogue.store(JSON.readValue(thing.before(), Program.class));
            return null;
        }
        return catalogue.remove(now.id()) ? null : now.name() + " is published and stays";
    }
}
