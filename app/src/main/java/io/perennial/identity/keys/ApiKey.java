package io.perennial.identity.keys;

import io.perennial.shared.Actor;
import java.util.Set;
import java.util.UUID;

/** A key that was presented and is valid. */
public record ApiKey(UUID id, String name, Set<Scope> scopes) {

    public Actor actor() {
        return Actor.key(id, name);
    }
}
