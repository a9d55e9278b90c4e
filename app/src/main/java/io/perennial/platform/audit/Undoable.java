package io.perennial.platform.audit;

import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reverses changes of one kind. A thing that was changed again since is left alone and reported. */
public interface Undoable {

    String kind();

    /** Restores {@code before} where the present value still equals {@code after}; runs in the caller's transaction. */
    UndoResult undo(List<ChangedThing> things, Actor actor);

    record UndoResult(int restored, List<String> leftAlone) {

        /** @param step restores one thing; says why it is left alone, or null when it was restored */
        public static UndoResult of(List<ChangedThing> things, Function<ChangedThing, @Nullable String> step) {
            List<String> leftAlone = new ArrayList<>();
            for (ChangedThing thing : things) {
                String why = step.apply(thing);
                if (why != null) {
                    leftAlone.add(why);
                }
            }
            return new UndoResult(things.size() - leftAlone.size(), leftAlone);
        }
    }
}
