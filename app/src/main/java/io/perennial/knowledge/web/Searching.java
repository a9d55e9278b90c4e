package io.perennial.knowledge.web;

import io.perennial.knowledge.ArticleSearch;
import io.perennial.knowledge.Audience;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.SearchLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A search by a person on a page, written down once: whoever comes back from an article to its results has not searched
 * again.
 */
@Component
class Searching {

    static final int MOST = 20;

    private static final String LAST = "knowledge-search";
    private static final Duration ONE_SEARCH = Duration.ofMinutes(30);

    private final ArticleSearch search;
    private final SearchLog log;
    private final Clock clock;

    Searching(ArticleSearch search, SearchLog log, Clock clock) {
        this.search = search;
        this.log = log;
        this.clock = clock;
    }

    /** @param id under which opening an article is noted */
    record Done(ArticleSearch.Found found, UUID id) {}

    Done find(String words, Language language, HttpServletRequest request) {
        ArticleSearch.Found found = search.find(words, Audience.INTERNAL, language, MOST);
        HttpSession session = request.getSession();
        Instant now = clock.instant();
        String key = language.code() + " " + words.strip();
        if (session.getAttribute(LAST) instanceof String last) {
            String[] parts = last.split("\\|", 3);
            if (parts.length == 3 && parts[2].equals(key) && isRecent(parts[1], now)) {
                return new Done(found, UUID.fromString(parts[0]));
            }
        }
        UUID id = log.note(words, language, SearchLog.Who.STAFF, found.hits().size());
        session.setAttribute(LAST, id + "|" + now + "|" + key);
        return new Done(found, id);
    }

    private static boolean isRecent(String moment, Instant now) {
        try {
            return Instant.parse(moment).isAfter(now.minus(ONE_SEARCH));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** A page that the browser only fetches in advance opens nothing. */
    void opened(UUID search, UUID article, HttpServletRequest request) {
        if (request.getHeader("Sec-Purpose") == null) {
            log.opened(search, article);
        }
    }
}
