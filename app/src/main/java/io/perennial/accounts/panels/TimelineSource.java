package io.perennial.accounts.panels;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.List;

/** Contributes entries to an account's one timeline. */
public interface TimelineSource {

    /** Newest first, entries before {@code before}, at most {@code limit}. */
    List<TimelineEntry> entries(AccountId account, Instant before, int limit);

    /**
     * @param kind filter and icon: call, meeting, mail, note, case, survey, contract, score, signal, task
     * @param url where it leads, or empty
     */
    record TimelineEntry(Instant at, String kind, String title, String detail, String by, String url) {}
}
