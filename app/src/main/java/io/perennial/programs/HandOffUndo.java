package io.perennial.programs;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.programs.HandOffMarks.Marks;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes back what was noted, settled or removed of promises, and what was said to be done. */
@Component
class HandOffUndo implements Undoable {

    static final String KIND = "promise";
    static final String PROMISE = "promise";
    static final String MARKS = "hand-off";

    private final PromiseRows promises;
    private final HandOffMarks marks;

    HandOffUndo(PromiseRows promises, HandOffMarks marks) {
        this.promises = promises;
        this.marks = marks;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            AccountId account = thing.account();
            if (account == null) {
                return "an account that is gone";
            }
            return thing.type().equals(MARKS) ? marks(account, thing) : promise(account, thing);
        });
    }

    private @Nullable String promise(AccountId account, ChangedThing thing) {
        UUID id = UUID.fromString(thing.id());
        Promise now = promises.of(account).stream()
                .filter(promise -> promise.id().equals(id))
                .findFirst()
                .orElse(null);
        Promise after = thing.after() == null ? null : Promise.parse(thing.after());
        if (!Objects.equals(now, after)) {
            return "a promise that was changed again since";
        }
        if (thing.before() == null) {
            promises.remove(id);
        } else {
            promises.store(account, Promise.parse(thing.before()));
        }
        return null;
    }

    private @Nullable String marks(AccountId account, ChangedThing thing) {
        String before = Objects.requireNonNull(thing.before());
        String after = Objects.requireNonNull(thing.after());
        if (!marks.of(account).equals(Marks.parse(after))) {
            return "a hand-off that went on since";
        }
        marks.store(account, Marks.parse(before));
        return null;
    }
}
