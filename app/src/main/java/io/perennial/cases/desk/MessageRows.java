package io.perennial.cases.desk;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code cases.message}. */
@Repository
class MessageRows {

    static final String TO_BE_SENT = "to-be-sent";

    private final JdbcClient database;
    private final Clock clock;

    MessageRows(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param key the draft it was written in: the same again is not written again
     * @param letter {@link #TO_BE_SENT} or null
     */
    record Fresh(
            String key,
            UUID caseId,
            String kind,
            @Nullable String author,
            @Nullable UUID member,
            @Nullable UUID contact,
            String body,
            @Nullable Instant promised,
            @Nullable String letter,
            @Nullable String language) {}

    boolean isKnown(String key) {
        return database.sql("select exists (select from cases.message where external_id = :key)")
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    void add(UUID id, Fresh message) {
        Instant now = clock.instant();
        database.sql("""
                insert into cases.message (id, external_id, case_id, kind, at, author, member_id, contact_id, body,
                    promised_at, letter, language, created_at, updated_at)
                values (:id, :key, :case, :kind, :now, :author, cast(:member as uuid), cast(:contact as uuid), :body,
                    :promised, :letter, :language, :now, :now)
                """)
                .param("id", id)
                .param("key", message.key())
                .param("case", message.caseId())
                .param("kind", message.kind())
                .param("now", Timestamp.from(now))
                .param("author", message.author())
                .param("member", message.member())
                .param("contact", message.contact())
                .param("body", message.body())
                .param("promised", message.promised() == null ? null : Timestamp.from(message.promised()))
                .param("letter", message.letter())
                .param("language", message.language())
                .update();
    }

    /** It is in the outbox, in the same transaction. */
    void posted(UUID id, UUID letter) {
        database.sql("update cases.message set letter_id = :letter where id = :id")
                .param("id", id)
                .param("letter", letter)
                .update();
    }

    void undelivered(UUID id, String why) {
        database.sql("update cases.message set letter = 'failed', trouble = :why, updated_at = :now where id = :id")
                .param("id", id)
                .param("why", why)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Where it came from, of a message that came by mail. */
    void cameByMail(UUID id, UUID incoming, String sender, boolean verified, boolean stranger) {
        database.sql("""
                update cases.message set incoming_id = :incoming, sender = nullif(:sender, ''),
                    sender_verified = :verified, stranger = :stranger
                where id = :id
                """)
                .param("id", id)
                .param("incoming", incoming)
                .param("sender", sender)
                .param("verified", verified)
                .param("stranger", stranger)
                .update();
    }

    /** Which message a letter of ours carried. */
    Optional<Carried> carriedBy(UUID letter) {
        return database.sql("select id, case_id from cases.message where letter_id = :letter")
                .param("letter", letter)
                .query((row, number) ->
                        new Carried(row.getObject("id", UUID.class), row.getObject("case_id", UUID.class)))
                .optional();
    }

    record Carried(UUID message, UUID caseId) {}
}
