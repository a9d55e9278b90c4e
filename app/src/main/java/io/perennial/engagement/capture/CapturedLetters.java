package io.perennial.engagement.capture;

import io.perennial.mail.IncomingLetter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** {@code engagement.captured}. */
@Repository
class CapturedLetters {

    private final JdbcClient database;

    CapturedLetters(JdbcClient database) {
        this.database = database;
    }

    /** The thread of a letter that we know, when this one names it. */
    Optional<String> thread(IncomingLetter letter) {
        List<String> named = Captured.identities(letter);
        return named.isEmpty()
                ? Optional.empty()
                : database.sql("""
                        select thread from engagement.captured where message_id = any(:named) or thread = any(:named)
                        order by at desc limit 1
                        """)
                        .param("named", new SqlArrayValue("text", named.toArray()))
                        .query(String.class)
                        .optional();
    }

    /** Whether the customer wrote in this thread. */
    boolean heardIn(String thread) {
        return database.sql("""
                select exists (select from engagement.captured where thread = :thread and (member_id is null or answered))
                """).param("thread", thread).query(Boolean.class).single();
    }

    /** @return whether it is new */
    boolean add(Captured letter, Collection<String> waiting, Collection<String> filed) {
        int added = database.sql("""
                insert into engagement.captured (letter_id, message_id, thread, member_id, from_address, subject, body, answered, at)
                select :letter, :message, :thread, :member, :from, :subject, :body, :answered, :at
                where not exists (
                    select from engagement.captured where message_id = :message and from_address = :from)
                on conflict do nothing
                """)
                .param("letter", letter.letter())
                .param("message", letter.messageId())
                .param("thread", letter.thread())
                .param("member", letter.member(), Types.OTHER)
                .param("from", letter.from())
                .param("subject", letter.subject())
                .param("body", letter.body())
                .param("answered", letter.answered())
                .param("at", Timestamp.from(letter.at()))
                .update();
        if (added == 0) {
            return false;
        }
        addresses(letter.letter(), waiting, "waiting");
        addresses(letter.letter(), filed, "filed");
        return true;
    }

    private void addresses(UUID letter, Collection<String> addresses, String state) {
        database.sql("""
                insert into engagement.captured_address (letter_id, address, state)
                select :letter, unnest(cast(:addresses as text[])), :state on conflict do nothing
                """)
                .param("letter", letter)
                .param("addresses", new SqlArrayValue("text", addresses.toArray()))
                .param("state", state)
                .update();
    }

    /** Letters with this address, oldest first. */
    List<Captured> with(String address, int most) {
        return database.sql("""
                select c.* from engagement.captured c
                join engagement.captured_address a on a.letter_id = c.letter_id
                where a.address = :address order by c.at, c.letter_id limit :most
                """)
                .param("address", address)
                .param("most", most)
                .query((row, number) -> captured(row))
                .list();
    }

    void filed(String address) {
        database.sql("update engagement.captured_address set state = 'filed' where address = :address")
                .param("address", address)
                .update();
    }

    private static Captured captured(ResultSet row) throws SQLException {
        return new Captured(
                row.getObject("letter_id", UUID.class),
                row.getString("message_id"),
                row.getString("thread"),
                row.getObject("member_id", UUID.class),
                row.getString("from_address"),
                row.getString("subject"),
                row.getString("body"),
                row.getBoolean("answered"),
                row.getTimestamp("at").toInstant());
    }
}
