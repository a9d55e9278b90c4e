package io.perennial.engagement;

import io.perennial.shared.AccountId;
import java.util.Optional;
import java.util.UUID;

/**
 * Implemented by modules that give somebody a task by themselves for what a signal tells, so that a playbook for the same signal asks
 * nobody for the same a second time.
 */
public interface AlreadyAsked {

    /**
     * Asks now when the module has not come to it yet.
     *
     * @param cause of the signal
     * @return the task that makes another one needless; empty when the module asks for nothing here, or no longer
     */
    Optional<UUID> task(AccountId account, String cause);
}
