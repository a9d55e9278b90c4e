package io.perennial.platform.audit;

import io.perennial.shared.Actor;
import java.util.List;
import java.util.UUID;

/** Writes the audit row of a change in the transaction of the change itself. */
public interface Audit {

    /**
     * @param kind names the {@link Undoable} that can reverse it, e.g. {@code records} or {@code signal}
     * @param summary one past sentence: "Owner of Harbor Freight changed to Ana Reyes"
     * @return identity of the change, for undo
     */
    UUID record(Actor actor, String kind, String summary, List<ChangedThing> things);

    /** Adds further things to a change that grows in batches, such as an import. */
    void append(UUID change, List<ChangedThing> things);

    /**
     * The same under an identity that the caller chose; a change that exists already is added to. So work that goes in
     * batches leaves no change behind when no batch changed anything.
     */
    void record(UUID change, Actor actor, String kind, String summary, List<ChangedThing> things);
}
