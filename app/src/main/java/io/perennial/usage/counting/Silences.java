package io.perennial.usage.counting;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Sources of events that say nothing. While one is silent, the use of the accounts it spoke about is not known: measures
 * stand at the last day known instead of reading customers who stopped. Accounts known by files alone are not affected.
 */
public interface Silences {

    /**
     * One that lasts.
     *
     * @param sourceRef as in {@link Count#sourceRef()}
     * @param since its last event
     * @param knownUntil last day whose use is known
     * @param told false while it may be a usual pause, such as a weekend, and when it was closed on purpose
     * @param accounts whose use came from there
     */
    record Silence(String sourceRef, String name, Instant since, LocalDate knownUntil, boolean told, long accounts) {}

    /** All that last, the longest first. */
    List<Silence> open();

    /** When the silences of a source began that were told of, also those that are over. */
    Set<Instant> told(String sourceRef);

    /**
     * Nothing came for a day: what came until then stands. Nothing happens when one lasts already.
     *
     * @param since the last event
     * @param closed whether the source was closed on purpose: then an account is known again once it is heard of by
     *     other ways
     */
    void begin(String sourceRef, String name, Instant since, boolean closed);

    /** It is no usual pause: the day of the last event is incomplete, and people are told. */
    void tell(String sourceRef, Instant now);

    /** The silent source was closed on purpose: people need not be told any more. */
    void close(String sourceRef);

    /**
     * It speaks again. A pause that was never told of was one: its days without use are days without use. The days of a
     * silence stay unknown, as far as they were not sent later.
     */
    void end(String sourceRef, Instant heardAt);
}
