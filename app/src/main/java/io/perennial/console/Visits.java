package io.perennial.console;

import io.perennial.identity.Viewer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When a member last said that Today was seen. Looking alone changes nothing: browsers fetch pages ahead of time. */
@Component
class Visits {

    private final JdbcClient database;
    private final Clock clock;

    Visits(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Optional<Instant> last(Viewer viewer) {
        return database.sql("select seen_at from console.visit where member_id = :member")
                .param("member", viewer.memberId())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    void record(Viewer viewer) {
        database.sql("""
                        insert into console.visit (member_id, seen_at) values (:member, :now)
                        on conflict (member_id) do update set seen_at = excluded.seen_at
                        """)
                .param("member", viewer.memberId())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
