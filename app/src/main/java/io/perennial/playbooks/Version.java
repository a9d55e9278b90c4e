package io.perennial.playbooks;

import java.time.Instant;
import java.util.UUID;

/** A text that a playbook once had. */
public record Version(
        UUID id,
        int number,
        String name,
        String text,
        String note,
        Instant createdAt,
        String createdBy,
        boolean inForce) {}
