package io.perennial.accounts.overview;

import java.util.List;

/**
 * Fills columns of {@code accounts.overview}, the one wide row per account that lists, filters, segments and sums
 * read. Refreshed for changed accounts by the same queue that refreshes health.
 */
public interface OverviewSource {

    /** Columns of {@code accounts.overview} that this source owns. */
    List<String> columns();

    /**
     * One SELECT that yields {@code account_id} and {@link #columns()} for every account in {@code :accounts (uuid[])}
     * as of {@code :today (date)}; an account it does not yield gets nulls.
     */
    String select();
}
