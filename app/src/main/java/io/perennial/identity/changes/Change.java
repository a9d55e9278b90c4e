package io.perennial.identity.changes;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change as Recent changes shows it.
 *
 * @param things how many it touched
 * @param fields what changed, for the first things only
 * @param undone when it was undone, and by whom
 * @param undoable whether the viewer may undo it now
 */
public record Change(
        UUID id,
        Instant at,
        String actorKind,
        String actor,
        String kind,
        String summary,
        long things,
        List<Field> fields,
        @Nullable String undone,
        boolean isUndo,
        boolean undoable) {

    /** One field of one thing; null stands for nothing. */
    public record Field(
            String thing,
            String name,
            @Nullable String before,
            @Nullable String after) {}
}
