package io.perennial.events.door;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Notes requests without a key of ours: an app that still has an old key looks like this. At most one a second. */
@Component
class StrangersKeys {

    private static final Logger LOG = LoggerFactory.getLogger(StrangersKeys.class);
    private static final long APART = Duration.ofSeconds(1).toNanos();
    private static final int SHOWN = 8;

    private final Inbox inbox;
    private final Clock clock;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    StrangersKeys(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    void note(@Nullable String key, String path) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + APART)) {
            return;
        }
        String shown = key == null ? "no key" : key.substring(0, Math.min(SHOWN, key.length()));
        Refusal refusal = new Refusal(
                -1, "unknown_write_key", "No open source has this write key.", Refusal.shown(path + " " + shown));
        try {
            inbox.offer(Parcel.refusal(null, ClientTime.micros(clock.instant()), refusal));
        } catch (Refused noRoom) {
            LOG.debug("A request without a known key was not noted: {}", noRoom.code());
        }
    }
}
