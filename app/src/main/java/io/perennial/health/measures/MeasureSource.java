package io.perennial.health.measures;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** A module that can read measures. Implementations are set-based: a few statements for any number of accounts. */
public interface MeasureSource {

    List<Measure> measures();

    void read(MeasureQuery query, Readings into);

    /**
     * Brings figures of the whole cohort, which readings are compared with and which are sealed so that one account's
     * fact does not move the others unseen, up to date for that day, and marks the accounts whose readings move with
     * them as changed. To be called in a transaction before batches of changed accounts are read, never between two
     * batches of one run; cheap when there is nothing to do.
     */
    default void seal(Instant now, LocalDate today) {}

    /**
     * Keeps the figures of the whole cohort of a past day as they are known now, if they are not sealed already, before
     * many accounts are read as of that day. Marks nobody. To be called in a transaction.
     */
    default void sealPast(Instant now, LocalDate day) {}

    /**
     * What readings of many accounts rest on beyond each account's own facts and what {@link #seal} keeps: words that
     * differ when it does. Stored readings are good for a new model only while it stays the same.
     */
    default String common(Instant asOf) {
        return "";
    }

    /**
     * The instants from one up to another of the same day in UTC at which readings of an account change although no
     * fact does: a fact dated later than it was recorded comes true, another leaves its window. The latest of each
     * account suffices.
     */
    default void moments(Instant from, Instant to, Moments into) {}

    /**
     * Whether any fact of this source was ever recorded for any account before the end of that day. A source that was
     * never connected is shown as such and never counts as bad.
     */
    boolean connected(LocalDate asOf);
}
