package io.perennial.onboarding;

import io.perennial.identity.Viewer;
import io.perennial.shared.Actor;
import org.jspecify.annotations.Nullable;

/** Who works: a person within their portfolio, or a program that was checked at the door. */
public record Worker(Actor actor, @Nullable Viewer viewer) {

    public static Worker of(Viewer viewer) {
        return new Worker(viewer.actor(), viewer);
    }

    public static Worker program(Actor actor) {
        return new Worker(actor, null);
    }
}
