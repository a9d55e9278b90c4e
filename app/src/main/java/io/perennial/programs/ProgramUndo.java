package io.perennial.programs;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.programs.Program.Version;
import io.perennial.shared.Actor;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes back edits of drafts and programs, and a publication while nobody has used or been given what it promises. */
@Component
class ProgramUndo implements Undoable {

    static final String KIND = "program";
    static final String PROGRAM = "program";
    static final String DRAFT = "program-draft";
    static final String DISCARDED = "program-draft-discarded";
    private static final String PUBLISHED = "program-version";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ProgramRows rows;
    private final ObjectProvider<Publishing> publishing;

    ProgramUndo(ProgramRows rows, ObjectProvider<Publishing> publishing) {
        this.rows = rows;
        this.publishing = publishing;
    }

    static ChangedThing published(UUID version, LocalDate validFrom) {
        return new ChangedThing(
                PUBLISHED, version.toString(), null, null, JSON.writeValueAsString(Map.of("validFrom", validFrom)));
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
        return UndoResult.of(things, thing -> switch (thing.type()) {
            case DRAFT -> draft(thing);
            case DISCARDED -> discarded(thing);
            case PUBLISHED -> publishing.getObject().takeBack(UUID.fromString(thing.id()), actor);
            default -> program(thing);
        });
    }

    /** @return why not; null when it was restored */
    private @Nullable String draft(ChangedThing thing) {
        Version now = rows.version(UUID.fromString(thing.id())).orElse(null);
        if (now == null || thing.before() == null || thing.after() == null) {
            return "a draft that is gone";
        }
        if (!now.draft()) {
            return "version " + now.number() + " is published and stays as it is";
        }
        if (!now.offer().equals(Offer.parse(thing.after()))) {
            return "draft " + now.number() + " was changed again since";
        }
        rows.storeDraft(now.id(), Offer.parse(thing.before()));
        return null;
    }

    private @Nullable String discarded(ChangedThing thing) {
        UUID program = UUID.fromString(thing.id());
        if (thing.before() == null || rows.program(program).isEmpty()) {
            return "a draft of a program that is gone";
        }
        rows.lock(program);
        Version newest = rows.versions(program).getFirst();
        if (newest.draft()) {
            return "another draft was begun since";
        }
        rows.insertDraft(program, newest.number() + 1, Offer.parse(thing.before()));
        return null;
    }

    private @Nullable String program(ChangedThing thing) {
        Program now = rows.program(UUID.fromString(thing.id())).orElse(null);
        if (now == null || thing.after() == null) {
            return "a program that is gone";
        }
        if (!now.equals(JSON.readValue(thing.after(), Program.class))) {
            return now.name() + " was changed again since";
        }
        if (thing.before() != null) {
            rows.store(JSON.readValue(thing.before(), Program.class));
            return null;
        }
        return rows.remove(now.id()) ? null : now.name() + " is published and stays";
    }
}
