package io.perennial.events;

import java.time.Instant;
import java.util.List;

/**
 * Brings in what sources sent earlier, each part as if it had come at its own time: through the entrance, judged, written
 * and counted like what a client sends. For a company that is set up as a whole, such as the demo.
 */
public interface PastEvents {

    /** @param body as Segment's clients send it to {@code /v1/batch} */
    record Sent(String writeKey, Instant receivedAt, String body) {}

    record Taken(int accepted, int refused) {}

    /**
     * Returns when everything is committed and counted, and silences are noticed. The server need not be open yet.
     *
     * @param requests in the order of their times
     * @throws IllegalArgumentException when a key is not known or a body cannot be read
     * @throws IllegalStateException when the inbox does not take them
     */
    Taken bring(List<Sent> requests);
}
