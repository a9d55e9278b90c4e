package io.perennial.campaigns;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.Actor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who works on a campaign: a person within their portfolio, or a program that sees the whole company and was checked at the door.
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

    boolean mayWork() {
        return viewer == null || viewer.role().mayWork();
    }

    /** Whether a campaign to very many may be started. */
    boolean leads() {
        return viewer == null || viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** Whose accounts everything stays within; null: all. */
    @Nullable
    UUID onlyOwner() {
        return viewer == null || viewer.everything() ? null : viewer.memberId();
    }

    String name() {
        return actor.name();
    }
}
