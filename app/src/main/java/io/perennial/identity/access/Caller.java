package io.perennial.identity.access;

import io.perennial.identity.Role;
import io.perennial.identity.keys.Scope;
import java.util.Set;

/** Who knocks, as far as routes are concerned. */
sealed interface Caller {

    record Anybody() implements Caller {}

    record Person(Role role) implements Caller {}

    record Key(Set<Scope> scopes) implements Caller {}
}
