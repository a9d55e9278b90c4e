package io.perennial.identity;

import io.perennial.shared.Actor;
import java.util.UUID;

/**
 * The signed-in team member, as every page and query needs them. Controllers take it as a parameter.
 *
 * @param memberId row of {@code identity.team_member}
 * @param everything true when the portfolio scope is the whole company; otherwise only accounts this member owns, and
 *     queries filter by {@code (:everything or owner_id = :memberId)}
 */
public record Viewer(UUID memberId, String name, String email, Role role, boolean everything) {

    /** Nobody in particular, who reads the whole company: programs, whose routes are decided at the door, and the product itself. */
    public static final Viewer EVERYTHING = new Viewer(new UUID(0, 0), "", "", Role.READ_ONLY, true);

    public Actor actor() {
        return Actor.person(memberId, name);
    }
}
