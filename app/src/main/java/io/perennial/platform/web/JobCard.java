package io.perennial.platform.web;

import org.jspecify.annotations.Nullable;

/**
 * Long work as a page shows it.
 *
 * @param state RUNNING, WAITING, DONE, FAILED or CANCELLED
 * @param total null while unknown
 * @param resultUrl null until there is a result
 * @param cancelUrl null when it cannot be cancelled (any more)
 */
public record JobCard(
        String id,
        String title,
        String state,
        String message,
        long done,
        @Nullable Long total,
        @Nullable String resultUrl,
        @Nullable String cancelUrl) {

    public boolean isOpen() {
        return state.equals("RUNNING") || state.equals("WAITING");
    }
}
