package io.perennial.platform.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.perennial.shared.Actor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Calls per API key and period, told in every answer; who asks too often waits, the others do not notice. */
@Component
class RateLimits implements HandlerInterceptor {

    private static final int MOST_KEYS = 10_000;

    private final int limit;
    private final Duration period;
    private final Cache<String, Bucket> buckets;

    RateLimits(
            @Value("${perennial.api.rate-limit:1000}") int limit,
            @Value("${perennial.api.rate-period:10s}") Duration period) {
        this.limit = limit;
        this.period = period;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(period.multipliedBy(2))
                .build();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null) {
            return true;
        }
        // Not the clock of the business: it may be set back, waiting times must not.
        Bucket bucket = buckets.get(
                identity(caller),
                key -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(limit)
                                .refillIntervally(limit, period)
                                .build())
                        .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
                        .build());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        response.setHeader("RateLimit-Limit", String.valueOf(limit));
        response.setHeader("RateLimit-Remaining", String.valueOf(probe.getRemainingTokens()));
        response.setHeader("RateLimit-Reset", String.valueOf(seconds(probe.getNanosToWaitForReset())));
        if (probe.isConsumed()) {
            return true;
        }
        throw new ApiProblem(
                429,
                "too_many_requests",
                "Too many calls",
                "At most %,d calls in %d seconds. Use bulk for many records.".formatted(limit, period.toSeconds()),
                List.of(),
                Map.of("Retry-After", String.valueOf(Math.max(1, seconds(probe.getNanosToWaitForRefill())))));
    }

    /** Two keys may bear the same name. */
    private static String identity(Authentication caller) {
        return caller.getPrincipal() instanceof Actor actor && actor.id() != null
                ? actor.id().toString()
                : caller.getName();
    }

    private static long seconds(long nanos) {
        return (nanos + 999_999_999) / 1_000_000_000;
    }
}
