package io.perennial.engagement;

import java.util.UUID;

/** Implemented by modules that ask for a successor themselves when somebody leaves, such as for a renewal. */
public interface DepartureHandled {

    /**
     * Takes it over, also where the module would have noticed it later or not at all.
     *
     * @param why bounce, reply, left or title
     * @param evidence why we think so, a sentence
     * @return whether a task to find who follows this contact is theirs; made now when it was not yet
     */
    boolean handles(UUID contact, String why, String evidence);
}
