package io.perennial.playbooks;

import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Program;
import java.time.Instant;
import java.util.UUID;

/**
 * A playbook that looks for its moments.
 *
 * @param number its place in what an account stands within
 * @param since earlier moments start nothing
 */
record InForce(
        UUID id,
        int number,
        String key,
        UUID version,
        Instant since,
        boolean shadow,
        Playbook playbook,
        Program program) {}
