package io.perennial.events;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the database remembers of the last events, for a debugger that would be empty after a restart. */
@Component
class StoredSightings {

    /** Rows of the inbox that are looked through for those of one source. */
    private static final int LOOKED_THROUGH = 20_000;

    private final JdbcClient database;

    StoredSightings(JdbcClient database) {
        this.database = database;
    }

    /** Up to {@code most} that arrived before an instant, the newest first; refused ones with the beginning of what was sent. */
    List<Sighting> before(Instant instant, int source, int most) {
        return Stream.concat(taken(instant, source, most).stream(), refused(instant, source, most).stream())
                .sorted(Comparator.comparing(Sighting::at).reversed())
                .limit(most)
                .toList();
    }

    private List<Sighting> taken(Instant before, int source, int most) {
        return database.sql("""
                select received_at, kind, name, coalesce(nullif(user_ref, ''), anonymous_ref) as who, account_ref, occurred_at
                from (select * from events.inbox order by seq desc limit :looked) latest
                where source_id = :source and received_at < :before order by seq desc limit :most
                """)
                .param("looked", LOOKED_THROUGH)
                .param("source", source)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query((row, number) -> new Sighting(
                        row.getTimestamp("received_at").toInstant(),
                        true,
                        Kinds.word(row.getInt("kind")),
                        row.getString("name"),
                        row.getString("who"),
                        row.getString("account_ref"),
                        row.getTimestamp("occurred_at").toInstant(),
                        null,
                        null))
                .list();
    }

    private List<Sighting> refused(Instant before, int source, int most) {
        return database.sql("""
                select at, split_part(reason, ': ', 1) as code, substr(reason, strpos(reason, ': ') + 2) as detail, excerpt
                from events.refusal where source_id = :source and at < :before order by id desc limit :most
                """)
                .param("source", source)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query((row, number) -> {
                    Instant at = row.getTimestamp("at").toInstant();
                    return new Sighting(
                            at,
                            false,
                            null,
                            row.getString("excerpt"),
                            null,
                            null,
                            at,
                            row.getString("code"),
                            row.getString("detail"));
                })
                .list();
    }
}
