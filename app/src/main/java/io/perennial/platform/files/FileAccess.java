package io.perennial.platform.files;

import io.perennial.shared.Actor;
import java.util.UUID;

/**
 * Says who may see a file. A module that shows files implements it for those it knows; a file that nobody vouches for is seen
 * by nobody.
 */
public interface FileAccess {

    /** @return true only when this module holds the file and shows it to this person or key */
    boolean mayRead(UUID file, Actor actor);
}
