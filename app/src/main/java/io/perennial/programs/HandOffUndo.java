package io.perennial.programs;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.programs.HandOffMarks.Marks;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes back what was noted, settled or removed of promises, and what was said to be done. */
@Component
class HandOffUndo implements Undoable {

    static final String KIND = "promise";
    static final String PROMISE = "promise";
    static final String MARKS = "hand-off";

    private final HandOffs handOffs;
    private final HandOffMarks marks;

    HandOffUndo(HandOffs handOffs, HandOffMarks marks) {
        this.handOffs = handOffs;
        this.marks = marks;
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
            if (thing.account() == null) {
                continue;
            }
            if (thing.type().equals(MARKS)) {
                if (takenBack(thing.account(), thing)) {
                    restored++;
                } else {
                    leftAlone.add("a hand-off that went on since");
                }
                continue;
            }
            UUID id = UUID.fromString(thing.id());
            Promise now = handOffs.promises(thing.account()).stream()
                    .filter(promise -> promise.id().equals(id))
                    .findFirst()
                    .orElse(null);
            Promise after = thing.after() == null ? null : Promise.parse(thing.after());
            if (!Objects.equals(now, after)) {
                leftAlone.add("a promise that was changed again since");
                continue;
            }
            if (thing.before() == null) {
                handOffs.remove(id);
            } else {
                handOffs.store(thing.account(), Promise.parse(thing.before()));
            }
            restored++;
        }
        return new UndoResult(restored, leftAlone);
    }

    private boolean takenBack(AccountId account, ChangedThing thing) {
        String before = Objects.requireNonNull(thing.before());
        String after = Objects.requireNonNull(thing.after());
        if (!marks.of(account).equals(Marks.parse(after))) {
            return false;
        }
        marks.store(account, Marks.parse(before));
        return true;
    }
}
