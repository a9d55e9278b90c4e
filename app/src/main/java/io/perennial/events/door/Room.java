package io.perennial.events.door;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of events may be in memory at once, over all requests: bodies being read, rows waiting, rows being
 * written. Taken as bytes arrive, so that nobody reserves by announcing.
 */
final class Room {

    private final long all;
    private final AtomicLong taken = new AtomicLong();

    Room(long all) {
        this.all = all;
    }

    boolean take(long bytes) {
        if (taken.addAndGet(bytes) > all) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
