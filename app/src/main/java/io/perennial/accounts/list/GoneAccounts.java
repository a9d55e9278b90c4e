package io.perennial.accounts.list;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Clears away the marks that deleted accounts leave for the lists in memory, once every list has long seen them. Looked
 * after at each start and whenever a list has read such marks: only deletions make more of them.
 */
@Component
class GoneAccounts {

    /** A list that has read nothing for half of this time starts anew rather than to miss what was cleared away. */
    static final Duration KEPT = Duration.ofDays(2);

    private static final Logger log = LoggerFactory.getLogger(GoneAccounts.class);

    private final JdbcClient database;
    private final Clock clock;

    GoneAccounts(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void atStart() {
        inBackground();
    }

    void inBackground() {
        Thread.ofVirtual().name("gone-accounts").start(this::forget);
    }

    /** What cannot be cleared away now is tried again the next time. */
    void forget() {
        try {
            database.sql("delete from accounts.overview_gone where gone_at < :before")
                    .param("before", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DataAccessException e) {
            log.warn("Old marks of deleted accounts could not be cleared away", e);
        }
    }
}
