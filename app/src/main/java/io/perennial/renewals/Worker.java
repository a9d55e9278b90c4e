package io.perennial.renewals;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Who works on a renewal: a person within their portfolio, or a program that sees the whole company and was checked at the door.
 *
 * @param viewer null for a program
 */
public record Worker(Actor actor, @Nullable Viewer viewer) {

    public static Worker of(Viewer viewer) {
        return new Worker(viewer.actor(), viewer);
    }

    public static Worker program(Actor actor) {
        return new Worker(actor, null);
    }

    public String name() {
        return actor.name();
    }

    boolean mayWork() {
        return viewer == null || viewer.role().mayWork();
    }

    /** Decisions are made by people who answer for them. */
    boolean maySettle() {
        return viewer != null && (viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER);
    }
}
