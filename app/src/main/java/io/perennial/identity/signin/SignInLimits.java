package io.perennial.identity.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How often somebody may try: per address of the network and per e-mail address. */
@Component
public class SignInLimits {

    static final int TRIES_PER_EMAIL = 8;
    static final int TRIES_PER_ADDRESS = 40;
    static final Duration REFILL = Duration.ofMinutes(10);
    private static final int REMEMBERED = 100_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
    private final TimeMeter time;

    SignInLimits(Clock clock) {
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return Math.multiplyExact(clock.millis(), 1_000_000L);
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /** Takes one try for both; zero when it is allowed, otherwise how long to wait. */
    Duration take(String address, String email) {
        Duration wait = take("address " + address, TRIES_PER_ADDRESS);
        return wait.isZero() ? take(named(email), TRIES_PER_EMAIL) : wait;
    }

    /** Takes one try of the address alone, for the set-up page and one-time links. */
    public Duration take(String address) {
        return take("address " + address, TRIES_PER_ADDRESS);
    }

    /** After a successful sign-in the person starts afresh; the network address does not. */
    void forgive(String email) {
        buckets.invalidate(named(email));
    }

    /** Everybody starts afresh. */
    public void forgetEverything() {
        buckets.invalidateAll();
    }

    private Duration take(String key, int tries) {
        Bucket bucket = buckets.get(
                key,
                unknown -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(tries).refillGreedy(tries, REFILL))
                        .withCustomTimePrecision(time)
                        .build());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    private static String named(String email) {
        return "email " + email.strip().toLowerCase(Locale.ROOT);
    }
}
