package io.perennial.accounts.panels;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Contributes entries to an account's one timeline. */
public interface TimelineSource {

    /** Newest first, entries before {@code before}, at most {@code limit}. */
    List<TimelineEntry> entries(AccountId account, Instant before, int limit);

    /** Kinds of its entries; empty when it may have any. One that has none of those asked for is not asked. */
    default Set<String> kinds() {
        return Set.of();
    }

    /**
     * The same of these kinds. Others among them are left out by the caller; a source with long histories leaves them out itself.
     *
     * @param kinds empty for all
     */
    default List<TimelineEntry> entries(AccountId account, Instant before, Set<String> kinds, int limit) {
        return entries(account, before, limit);
    }

    /**
     * @param kind word and filter: one of those of the account page, such as call, mail, case, contract, growth or automated
     * @param url where it leads, or empty
     */
    record TimelineEntry(Instant at, String kind, String title, String detail, String by, String url) {}
}
