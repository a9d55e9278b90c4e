package io.perennial.mail.web;

import io.perennial.mail.Delivery.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Letters as lists and one by one, and what an administrator does with them. */
@Component
class MailLists {

    /** Shown of any list; the counts tell of the rest. */
    static final int MOST = 50;

    private final JdbcClient database;
    private final Clock clock;

    MailLists(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Map<State, Long> counts() {
        Map<State, Long> counts = new EnumMap<>(State.class);
        database.sql("select state, count(*) from mail.letter group by state").query(row -> {
            counts.put(State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2));
        });
        return counts;
    }

    long unreadCount() {
        return database.sql("select count(*) from mail.incoming where taken_by is null")
                .query(Long.class)
                .single();
    }

    /**
     * Latest first.
     *
     * @param state null for all
     */
    List<MailView.Sent> letters(@Nullable State state) {
        return database.sql("""
            select id, to_address, to_name, subject, purpose, state, attempts, posted_at, settled_at,
                next_try_at, words
            from mail.letter where cast(:state as text) is null or state = :state
            order by posted_at desc, id desc limit :most
            """)
                .param("state", state == null ? null : state.name().toLowerCase(Locale.ROOT))
                .param("most", MOST)
                .query((row, number) -> sent(row))
                .list();
    }

    Optional<MailView.Sent> letter(UUID id) {
        return database.sql("""
            select id, to_address, to_name, subject, purpose, state, attempts, posted_at, settled_at,
                next_try_at, words
            from mail.letter where id = :id
            """)
                .param("id", id)
                .query((row, number) -> sent(row))
                .optional();
    }

    List<MailView.Try> attempts(UUID letter) {
        return database.sql("""
            select started_at, ended_at, outcome, words from mail.attempt
            where letter_id = :id order by number desc limit :most
            """)
                .param("id", letter)
                .param("most", MOST)
                .query((row, number) -> new MailView.Try(
                        row.getTimestamp("started_at").toInstant(),
                        instant(row, "ended_at"),
                        row.getString("outcome"),
                        row.getString("words")))
                .list();
    }

    /** Incoming letters nobody took, or all of the latest. */
    List<MailView.Received> incoming(boolean unreadOnly) {
        return database.sql("""
            select id, from_address, from_name, subject, kind, received_at, taken_by, reason
            from mail.incoming where not :unread or taken_by is null
            order by received_at desc, id desc limit :most
            """)
                .param("unread", unreadOnly)
                .param("most", MOST)
                .query((row, number) -> received(row))
                .list();
    }

    Optional<MailView.Received> received(UUID id) {
        return database.sql("""
            select id, from_address, from_name, subject, kind, received_at, taken_by, reason
            from mail.incoming where id = :id
            """)
                .param("id", id)
                .query((row, number) -> received(row))
                .optional();
    }

    /**
     * From the beginning, as if it had just been posted; nothing that waits or has arrived.
     *
     * @return whether it will be tried
     */
    @Transactional
    public boolean again(UUID letter) {
        return database.sql("""
            update mail.letter set state = 'waiting', next_try_at = :now, posted_at = :now, settled_at = null,
                words = null
            where id = :id and state in ('failed', 'bounced', 'withheld')
            """)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("id", letter)
                        .update()
                == 1;
    }

    @Transactional
    public boolean setAside(UUID incoming, String by) {
        return database.sql("update mail.incoming set taken_by = :by where id = :id and taken_by is null")
                        .param("by", "Set aside by " + by)
                        .param("id", incoming)
                        .update()
                == 1;
    }

    private static MailView.Sent sent(ResultSet row) throws SQLException {
        return new MailView.Sent(
                row.getObject("id", UUID.class),
                row.getString("to_address"),
                row.getString("to_name"),
                row.getString("subject"),
                row.getString("purpose"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                row.getTimestamp("posted_at").toInstant(),
                instant(row, "settled_at"),
                row.getTimestamp("next_try_at").toInstant(),
                row.getString("words"));
    }

    private static MailView.Received received(ResultSet row) throws SQLException {
        return new MailView.Received(
                row.getObject("id", UUID.class),
                row.getString("from_address"),
                row.getString("from_name"),
                row.getString("subject"),
                row.getString("kind"),
                row.getTimestamp("received_at").toInstant(),
                row.getString("taken_by"),
                row.getString("reason"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
