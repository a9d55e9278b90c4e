package io.perennial.surveys.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.perennial.surveys.AskingWords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * Whoever tries links that are none is not listened to for a while. Links that exist cost nothing, so that a whole company behind one
 * address can answer.
 */
@Component
class LinkGuesses {

    /** Links that are none, from one address. */
    static final int MOST = 60;

    static final Duration PERIOD = Duration.ofMinutes(10);
    private static final int MOST_ADDRESSES = 50_000;

    private final Cache<String, Bucket> misses = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(PERIOD.multipliedBy(2))
            .build();

    boolean allows(HttpServletRequest request) {
        Bucket bucket = misses.getIfPresent(request.getRemoteAddr());
        return bucket == null || bucket.getAvailableTokens() > 0;
    }

    void missed(HttpServletRequest request) {
        misses.get(
                        request.getRemoteAddr(),
                        address -> Bucket.builder()
                                .addLimit(limit -> limit.capacity(MOST).refillGreedy(MOST, PERIOD))
                                .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
                                .build())
                .tryConsume(1);
    }

    /** For tests, which all come from one address. */
    void forgetEverything() {
        misses.invalidateAll();
    }

    String refuse(HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader("Retry-After", String.valueOf(PERIOD.toSeconds()));
        model.addAttribute("view", new QuestionPage.NoMoreView("", AskingWords.in("en"), false, false));
        return "surveys/noMore";
    }
}
