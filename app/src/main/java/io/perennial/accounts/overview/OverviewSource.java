package io.perennial.accounts.overview;

import java.util.List;

/**
 * Fills columns of {@code accounts.overview}, the one wide row per account that lists, filters, segments and sums
 * read. Refreshed for changed accounts by the same queue that refreshes health.
 */
public interface OverviewSource {

    /** Columns of {@code accounts.overview} that this source owns. */
    List<String> columns();

    /** Sets {@link #columns()} of the accounts it knows something about, set-based; the others get nulls. */
    void fill(OverviewQuery query, OverviewRows into);
}
