package io.perennial.platform.audit;

import io.perennial.shared.Actor;
import java.util.List;

/** Reverses changes of one kind. A thing that was changed again since is left alone and reported. */
public interface Undoable {

    String kind();

    /** Restores {@code before} where the present value still equals {@code after}; runs in the caller's transaction. */
    UndoResult undo(List<ChangedThing> things, Actor actor);

    record UndoResult(int restored, List<String> leftAlone) {}
}
