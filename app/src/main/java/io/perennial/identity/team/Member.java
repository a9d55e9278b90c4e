package io.perennial.identity.team;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A team member as the team page shows them.
 *
 * @param everything portfolio scope: the whole company, or only accounts that the member owns
 * @param active false when the member may no longer sign in
 * @param canSignIn whether a password exists
 */
public record Member(
        UUID id,
        String name,
        String email,
        Role role,
        boolean everything,
        boolean active,
        boolean canSignIn,
        @Nullable Instant lastSignedInAt) {

    public Viewer viewer() {
        return new Viewer(id, name, email, role, everything);
    }
}
