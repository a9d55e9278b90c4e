package io.perennial.playbooks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One episode of one account in one playbook.
 *
 * @param state queued, running, finished, exited, held_out, failed or undone
 * @param shadow whether it only says what it would do
 * @param dueAt of the next step, while it runs
 * @param because why it ended, or what it stumbled over
 */
public record Run(
        UUID id,
        String playbook,
        String playbookName,
        int version,
        UUID account,
        String accountName,
        String accountExternalId,
        String evidence,
        Instant momentAt,
        String state,
        boolean shadow,
        @Nullable BigDecimal money,
        @Nullable String currency,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt,
        @Nullable String because,
        int position,
        int steps,
        List<Act> acts) {

    /** What it did, or would have done. */
    public record Act(int position, String kind, String words, Instant at) {}

    public String stateTitle() {
        return switch (state) {
            case "queued" -> "Waits for room";
            case "running" -> "Runs";
            case "finished" -> "Finished";
            case "exited" -> "Ended early";
            case "held_out" -> "Held out";
            case "failed" -> "Failed";
            default -> "Undone";
        };
    }

    /** What is left to take back. */
    public boolean canBeUndone() {
        return !state.equals("undone") && !state.equals("held_out") && !shadow;
    }
}
