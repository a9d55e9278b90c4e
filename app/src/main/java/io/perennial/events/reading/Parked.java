package io.perennial.events.reading;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Events that could not be read. They stand aside with their reason, and the others go on. */
@Component
class Parked {

    private static final int LONGEST_ERROR = 1_000;

    private final JdbcClient database;
    private final Clock clock;

    Parked(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void park(Event event, String reason) {
        park(event.seq(), event.seq(), reason);
    }

    void park(InboxReader.Part part, Throwable error) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        park(part.after() + 1, part.last(), cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    private void park(long first, long last, String reason) {
        String readable = reason.replace('\0', ' ');
        database.sql("""
                insert into events.parked (seq, received_on, source_id, error, parked_at)
                select seq, received_on, source_id, :error, :now from events.inbox where seq between :first and :last
                on conflict (seq) do nothing
                """)
                .param("first", first)
                .param("last", last)
                .param("error", readable.substring(0, Math.min(LONGEST_ERROR, readable.length())))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
