package io.perennial.identity.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.perennial.identity.SecurityLog;
import io.perennial.identity.keys.KeyText;
import io.perennial.shared.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Notes who was refused what; the same refusal again within a minute is not noted, so that nobody can fill the log. */
@Component
class DeniedAccess {

    private static final int LONGEST_PATH = 200;

    private final SecurityLog log;
    private final Cache<Refusal, Boolean> noted = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    DeniedAccess(SecurityLog log) {
        this.log = log;
    }

    void note(HttpServletRequest request) {
        KnownCaller.current().map(KnownCaller::actor).ifPresent(actor -> note(actor, request));
    }

    private void note(Actor actor, HttpServletRequest request) {
        Refusal refusal = new Refusal(actor.id(), request.getMethod());
        if (noted.asMap().putIfAbsent(refusal, true) == null) {
            log.denied(actor, request.getMethod(), shown(request.getRequestURI()));
        }
    }

    private static String shown(String path) {
        int key = path.indexOf(KeyText.PREFIX);
        String clean = key < 0 ? path : path.substring(0, key) + "...";
        return clean.length() > LONGEST_PATH ? clean.substring(0, LONGEST_PATH) : clean;
    }

    private record Refusal(@Nullable UUID actor, String method) {}
}
