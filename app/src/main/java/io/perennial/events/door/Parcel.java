package io.perennial.events.door;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What one request brings to the inbox: its rows, ready to be copied, and what is to be counted and noted with them.
 *
 * @param source null when nobody knows who sent it
 * @param receivedAt microseconds since 1970
 * @param bytes of the accepted events as they came
 * @param delayMs sum over the accepted events of the time from happening to arriving
 */
record Parcel(
        @Nullable Integer source,
        long receivedAt,
        @Nullable CopyRows rows,
        int accepted,
        int refused,
        long bytes,
        long delayMs,
        List<Refusal> refusals,
        CompletableFuture<Outcome> outcome) {

    enum Outcome {
        COMMITTED,
        /** Nobody knows whether it was written. */
        AWAY,
        /** The database will never take these rows. */
        UNSTORABLE
    }

    /** Something that was not taken, with nothing beside it. */
    static Parcel refusal(@Nullable Integer source, long receivedAt, Refusal refusal) {
        return new Parcel(source, receivedAt, null, 0, 1, 0, 0, List.of(refusal), new CompletableFuture<>());
    }

    /** Memory that it holds, more or less. */
    long weight() {
        return (rows == null ? 0 : rows.bytes().length) + 512L * (1 + refusals.size());
    }

    /** @throws Refused when the commit does not come in time */
    Outcome await(Duration longest) throws Refused {
        try {
            return outcome.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw Refused.late();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Refused.late();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }
}
