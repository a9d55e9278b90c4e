package io.perennial.events;

import io.perennial.identity.Viewer;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** What a source sent and nobody can be found for yet, what could not be read, and what was not taken over. */
@Component
public class UnresolvedEvents {

    /** Rows of each list. */
    public static final int SHOWN = 50;

    /** Among the last so many that wait, so that a source of strangers does not slow its page. */
    private static final int LOOKED_AT = 20_000;

    private final JdbcClient database;

    UnresolvedEvents(JdbcClient database) {
        this.database = database;
    }

    /** What has to become known. The order is that of the numbers in the table. */
    public enum Missing {
        ACCOUNT,
        ACCOUNT_OF_USER,
        USER_OF_VISITOR;

        static Missing of(int number) {
            return values()[Math.clamp(number - 1, 0, values().length - 1)];
        }

        public String words(String ref) {
            return switch (this) {
                case ACCOUNT -> "There is no account " + ref + " yet.";
                case ACCOUNT_OF_USER -> "The account of user " + ref + " is not known.";
                case USER_OF_VISITOR -> "Nobody has said who visitor " + ref + " is.";
            };
        }
    }

    /** @param ref of the account, user or visitor */
    public record Group(Missing missing, String ref, long events, Instant firstAt, Instant lastAt) {}

    /** An event that could not be read. */
    public record Parked(Instant at, String error) {}

    /** A trait that was not taken over. */
    public record Remark(Instant at, String subject, String reason, String excerpt) {}

    /**
     * Most events first.
     *
     * @throws AccessDeniedException unless the viewer is an administrator
     */
    public List<Group> groups(Viewer viewer, int source) {
        Sources.onlyAdministrators(viewer);
        return database.sql("""
                select waits_for, waits_ref, count(*) as events, min(received_at) as first_at,
                    max(received_at) as last_at
                from (
                    select waits_for, waits_ref, received_at from events.unresolved
                    where source_id = :source order by seq desc limit :looked
                ) last
                group by waits_for, waits_ref order by events desc, waits_for, waits_ref limit :shown
                """)
                .param("source", source)
                .param("looked", LOOKED_AT)
                .param("shown", SHOWN)
                .query((row, number) -> new Group(
                        Missing.of(row.getInt("waits_for")),
                        row.getString("waits_ref"),
                        row.getLong("events"),
                        row.getTimestamp("first_at").toInstant(),
                        row.getTimestamp("last_at").toInstant()))
                .list();
    }

    /** The last ones first. */
    public List<Parked> parked(Viewer viewer, int source) {
        Sources.onlyAdministrators(viewer);
        return database.sql("""
                select parked_at, error from events.parked where source_id = :source order by seq desc limit :shown
                """)
                .param("source", source)
                .param("shown", SHOWN)
                .query((row, number) -> new Parked(row.getTimestamp("parked_at").toInstant(), row.getString("error")))
                .list();
    }

    /** Of all sources, as people and accounts are the same for all; the last ones first. */
    public List<Remark> remarks(Viewer viewer) {
        Sources.onlyAdministrators(viewer);
        return database.sql("""
                select at, subject, reason, excerpt from events.remark order by id desc limit :shown
                """)
                .param("shown", SHOWN)
                .query((row, number) -> new Remark(
                        row.getTimestamp("at").toInstant(),
                        row.getString("subject"),
                        row.getString("reason"),
                        row.getString("excerpt")))
                .list();
    }
}
