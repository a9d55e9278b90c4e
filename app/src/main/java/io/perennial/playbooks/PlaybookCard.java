package io.perennial.playbooks;

import io.perennial.playbooks.text.Playbook;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A playbook as lists and its own page show it.
 *
 * @param id null for a ready one that nobody took yet
 * @param newest the version written last
 * @param inForce number of the version that runs; 0 when none ever did
 * @param parsed the newest version
 * @param runs that started, not in the shadow
 * @param running of these
 * @param shadowed runs that only said what they would do
 * @param queued that wait for room under the caps
 */
public record PlaybookCard(
        @Nullable UUID id,
        String key,
        PlaybookState state,
        int newest,
        int inForce,
        Playbook parsed,
        long runs,
        long running,
        long shadowed,
        long queued,
        @Nullable Instant since,
        @Nullable Instant stateAt,
        @Nullable String stateBy) {

    public String name() {
        return parsed.name();
    }

    /** The newest text. */
    public String text() {
        return parsed.text();
    }

    /** Shipped and not taken yet. */
    public boolean isReady() {
        return id == null;
    }

    public String address() {
        return "/playbooks/" + key;
    }
}
