package io.perennial.events.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Events a second per source, so that one that runs wild does not take the entrance from the others. */
@Component
class Rates {

    private static final int MOST_SOURCES = 10_000;
    /** What a source may send at once after a pause: this many seconds' worth. */
    private static final int BURST_SECONDS = 2;

    private final long perSecond;
    private final Cache<Integer, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_SOURCES)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build();

    Rates(@Value("${perennial.events.rate-limit:20000}") long perSecond) {
        this.perSecond = perSecond;
    }

    /** @throws Refused with the time after which so many events may come */
    void admit(int source, int events) throws Refused {
        if (events == 0) {
            return;
        }
        // Not the clock of the business: it may be set back, waiting times must not.
        Bucket bucket = buckets.get(
                source,
                id -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(Math.max(perSecond * BURST_SECONDS, DoorLimits.BATCH_EVENTS))
                                .refillGreedy(perSecond, Duration.ofSeconds(1))
                                .build())
                        .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
                        .build());
        if (!bucket.tryConsume(events)) {
            ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(events);
            if (!probe.isConsumed()) {
                throw Refused.tooFast((int) Math.max(
                        1,
                        Duration.ofNanos(probe.getNanosToWaitForRefill())
                                .plusMillis(999)
                                .toSeconds()));
            }
        }
    }

    /** So that one test does not pay for another. */
    void forgetEverything() {
        buckets.invalidateAll();
    }
}
