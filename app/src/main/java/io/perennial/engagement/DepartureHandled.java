package io.perennial.engagement;

import java.util.UUID;

/** Implemented by modules that ask for a successor themselves when somebody leaves, such as for a renewal. */
public interface DepartureHandled {

    /** @return whether a task to find who follows this contact is theirs already */
    boolean handles(UUID contact);
}
