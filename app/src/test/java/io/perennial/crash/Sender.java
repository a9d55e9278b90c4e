package io.perennial.crash;

import java.time.Instant;
import java.util.List;

/** A way into the product. One implementation for each entrance that promises to lose nothing. */
interface Sender {

    /**
     * Returns only when the product has acknowledged all of them.
     *
     * @param received what the clock of the entrance says
     * @throws Exception whenever the acknowledgement did not come; the messages may be in or not
     */
    void send(List<Message> messages, Instant received) throws Exception;
}
