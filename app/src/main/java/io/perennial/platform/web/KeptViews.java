package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * What a page of figures shows, kept for a while where it took long to work out. Such a page says as of when it is.
 *
 * <p>What takes less than {@code perennial.pages.kept-from} (400 ms) is never kept, so that most companies always read the present. What takes longer is shown
 * at once again; once it is {@link #WAIT} times as old as it took, whoever asks still sees it at once and it is worked out anew behind them:
 * a page that is looked at all day costs at most one percent of a processor. Nobody sees anything older than {@link #OLDEST}. The
 * parameter {@code again} of a request works it out now, and so does a session that changed anything since.
 */
@Component
public class KeptViews implements HandlerInterceptor, DisposableBean {

    private static final int WAIT = 100;
    private static final Duration NEW = Duration.ofMinutes(1);
    private static final String AGAIN = "again";
    private static final Duration OLDEST = Duration.ofHours(24);
    private static final int MOST = 200;
    private static final int MOST_SESSIONS = 2_000;
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Logger LOG = LoggerFactory.getLogger(KeptViews.class);

    private final Clock clock;
    private final Duration keptFrom;
    private final ExecutorService behind = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("kept-views").daemon().factory());

    /** The one that nobody asked for longest is given up first. */
    private final Map<Key, Kept> known = new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
            return size() > MOST;
        }
    };

    /** When each session last changed something. */
    private final Map<String, Instant> changed = new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_SESSIONS;
        }
    };

    KeptViews(Clock clock, @Value("${perennial.pages.kept-from:400ms}") Duration keptFrom) {
        this.clock = clock;
        this.keptFrom = keptFrom;
    }

    private record Key(String page, List<Object> asked) {}

    /**
     * @param asked everything that the answer depends on, whose eyes it is for included; a part may be null
     * @param reading works it out; runs without a request, and says in its answer as of when that is
     */
    public <T> T of(String page, Supplier<T> reading, @Nullable Object... asked) {
        List<Object> parts = new ArrayList<>();
        for (Object part : asked) {
            parts.add(String.valueOf(part));
        }
        Kept kept;
        synchronized (known) {
            kept = known.computeIfAbsent(new Key(page, List.copyOf(parts)), key -> new Kept());
        }
        return kept.read(reading);
    }

    /** Whoever changes something sees what came of it: nothing that was worked out before is shown in that session. */
    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        String session = session(request);
        if (session != null && !READS.contains(request.getMethod())) {
            synchronized (changed) {
                changed.put(session, clock.instant());
            }
        }
    }

    private Instant changedHere() {
        HttpServletRequest request = request();
        String session = request == null ? null : session(request);
        synchronized (changed) {
            return session == null ? Instant.MIN : changed.getOrDefault(session, Instant.MIN);
        }
    }

    private static @Nullable String session(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : session.getId();
    }

    /** Where to work out the present page again, once what it shows is a minute old; null before. */
    public @Nullable String again(Instant asOf) {
        HttpServletRequest request = request();
        if (request == null || asOf.plus(NEW).isAfter(clock.instant())) {
            return null;
        }
        String query = request.getQueryString();
        return ServletUriComponentsBuilder.fromPath(request.getRequestURI())
                .query(query)
                .replaceQueryParam(AGAIN, "true")
                .build()
                .toUriString();
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
    }

    private static boolean isAskedAgain() {
        HttpServletRequest request = request();
        return request != null && request.getParameter(AGAIN) != null;
    }

    @Override
    public void destroy() {
        behind.shutdownNow();
    }

    /** One answer. The first who asks works it out, and whoever asks meanwhile waits for that. */
    private final class Kept {

        private @Nullable Object value;
        private Instant at = Instant.MIN;
        private long millis;
        private boolean quick;
        private boolean underWay;

        @SuppressWarnings("unchecked") // a page always keeps the same kind of answer
        <T> T read(Supplier<T> reading) {
            if (quick) {
                return workOut(reading);
            }
            synchronized (this) {
                T shown = (T) value;
                Duration age = shown == null ? OLDEST : Duration.between(at, clock.instant());
                if (shown == null
                        || age.compareTo(OLDEST) >= 0
                        || age.isNegative()
                        || isAskedAgain()
                        || !at.isAfter(changedHere())) {
                    return workOut(reading);
                }
                if (age.toMillis() > WAIT * millis && !underWay) {
                    underWay = true;
                    behind.execute(() -> renew(reading));
                }
                return shown;
            }
        }

        private <T> void renew(Supplier<T> reading) {
            try {
                workOut(reading);
            } catch (RuntimeException e) {
                LOG.warn("A page of figures could not be worked out anew; the one before is shown.", e);
            } finally {
                synchronized (this) {
                    underWay = false;
                }
            }
        }

        private <T> T workOut(Supplier<T> reading) {
            Instant asked = clock.instant();
            long began = System.nanoTime();
            T answer = reading.get();
            long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
            synchronized (this) {
                quick = took < keptFrom.toMillis();
                value = quick ? null : answer;
                at = asked;
                millis = took;
            }
            return answer;
        }
    }
}
