package io.perennial.shared;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change. Passed explicitly to every command, never read from a global.
 *
 * @param kind person, API key or the system itself
 * @param id the team member or key; null for the system
 * @param name what Recent changes shows
 */
public record Actor(Kind kind, @Nullable UUID id, String name) {

    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, null, "Perennial");

    public enum Kind {
        PERSON,
        KEY,
        SYSTEM
    }

    public static Actor person(UUID memberId, String name) {
        return new Actor(Kind.PERSON, memberId, name);
    }

    public static Actor key(UUID keyId, String name) {
        return new Actor(Kind.KEY, keyId, name);
    }
}
