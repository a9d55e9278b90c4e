package io.perennial.mail.out;

import io.perennial.mail.Delivery.State;
import io.perennial.mail.Purpose;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters on their way. One is claimed and committed before it is handed over, and settled and committed afterwards: what a crash
 * leaves between the two is one letter, which is tried again under the same Message-ID when its claim has run out.
 */
@Component
class DueLetters {

    /** Longer than any hand-over takes; after it a claim belongs to a process that is gone. */
    static final Duration CLAIM = Duration.ofMinutes(10);

    private static final Duration HOUR = Duration.ofHours(1);

    private final JdbcClient database;
    private final Clock clock;

    DueLetters(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param attempt counts from 1 @param patientSince when it could first have left; it is given up some days later */
    record Due(
            UUID id,
            String key,
            String messageId,
            String purpose,
            String to,
            @Nullable String toName,
            String subject,
            String text,
            @Nullable String html,
            List<String> headers,
            boolean automatic,
            @Nullable UUID accountId,
            @Nullable UUID contactId,
            int attempt,
            Instant postedAt,
            Instant patientSince,
            Purpose serves,
            List<UUID> files) {}

    boolean any() {
        return database.sql("""
            select exists (select from mail.letter
                where state in ('waiting', 'sending') and next_try_at <= :now
                    and (state = 'waiting' or claimed_until <= :now))
            """).param("now", now()).query(Boolean.class).single();
    }

    /** How many more may leave now, for the hour that ends now. */
    int room(int mostPerHour) {
        long left = database.sql("select count(*) from mail.letter where state = 'accepted' and settled_at > :since")
                .param("since", Timestamp.from(clock.instant().minus(HOUR)))
                .query(Long.class)
                .single();
        return (int) Math.max(0, mostPerHour - left);
    }

    /** @param all false takes only letters that somebody waits for; those come first in any case */
    @Transactional
    public Optional<Due> claim(boolean all) {
        Optional<Due> due = database.sql("""
            update mail.letter l set state = 'sending', attempts = attempts + 1, claimed_until = :until
            where id = (
                select id from mail.letter
                where state in ('waiting', 'sending') and next_try_at <= :now
                    and (state = 'waiting' or claimed_until <= :now)
                    and (:all or not serves <> 'transactional')
                order by serves <> 'transactional', next_try_at, id limit 1 for update skip locked)
            returning l.*, greatest(l.posted_at, l.held_until) patient_since, array(select file_id from mail.letter_file f where f.letter_id = l.id order by position) files
            """)
                .param("now", now())
                .param("all", all)
                .param("until", Timestamp.from(clock.instant().plus(CLAIM)))
                .query((row, number) -> due(row))
                .optional();
        due.ifPresent(letter -> database.sql("""
            insert into mail.attempt (letter_id, number, started_at) values (:id, :number, :now)
            """)
                .param("id", letter.id())
                .param("number", letter.attempt())
                .param("now", now())
                .update());
        return due;
    }

    /** To be tried again. */
    @Transactional
    public void later(Due letter, Instant next, String words) {
        ended(letter, "later", words);
        database.sql("""
            update mail.letter set state = 'waiting', next_try_at = :next, claimed_until = null, words = :words
            where id = :id and state = 'sending' and attempts = :attempt
            """)
                .param("next", Timestamp.from(next))
                .param("words", words)
                .param("id", letter.id())
                .param("attempt", letter.attempt())
                .update();
    }

    /** Its reader wants it later; that is no attempt. */
    @Transactional
    public void hold(Due letter, Instant until, String why) {
        int held = database.sql("""
            update mail.letter set state = 'waiting', next_try_at = :until, held_until = :until, claimed_until = null,
                attempts = attempts - 1, words = :why
            where id = :id and state = 'sending' and attempts = :attempt
            """)
                .param("until", Timestamp.from(until))
                .param("why", why)
                .param("id", letter.id())
                .param("attempt", letter.attempt())
                .update();
        if (held == 1) {
            database.sql("delete from mail.attempt where letter_id = :id and number = :number")
                    .param("id", letter.id())
                    .param("number", letter.attempt())
                    .update();
        }
    }

    /** @return whether this attempt still had the say */
    @Transactional
    public boolean settle(Due letter, State state, String words) {
        ended(letter, state == State.ACCEPTED ? "accepted" : state == State.WITHHELD ? "withheld" : "refused", words);
        return database.sql("""
            update mail.letter set state = :state, settled_at = :now, claimed_until = null, words = :words
            where id = :id and state = 'sending' and attempts = :attempt
            """)
                        .param("state", state.name().toLowerCase(Locale.ROOT))
                        .param("now", now())
                        .param("words", words)
                        .param("id", letter.id())
                        .param("attempt", letter.attempt())
                        .update()
                == 1;
    }

    int automaticSince(String to, Instant since) {
        return database.sql("""
            select count(*) from mail.letter
            where to_address = :to and automatic and state = 'accepted' and settled_at > :since
            """)
                .param("to", to)
                .param("since", Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    private void ended(Due letter, String outcome, String words) {
        database.sql("""
            update mail.attempt set ended_at = :now, outcome = :outcome, words = :words
            where letter_id = :id and number = :number
            """)
                .param("now", now())
                .param("outcome", outcome)
                .param("words", words)
                .param("id", letter.id())
                .param("number", letter.attempt())
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static Due due(ResultSet row) throws SQLException {
        Array headers = row.getArray("headers");
        Array files = row.getArray("files");
        return new Due(
                row.getObject("id", UUID.class),
                row.getString("key"),
                row.getString("message_id"),
                row.getString("purpose"),
                row.getString("to_address"),
                row.getString("to_name"),
                row.getString("subject"),
                row.getString("body"),
                row.getString("html"),
                List.of((String[]) headers.getArray()),
                row.getBoolean("automatic"),
                row.getObject("account_id", UUID.class),
                row.getObject("contact_id", UUID.class),
                row.getInt("attempts"),
                row.getTimestamp("posted_at").toInstant(),
                row.getTimestamp("patient_since").toInstant(),
                Purpose.valueOf(row.getString("serves").toUpperCase(Locale.ROOT)),
                List.of((UUID[]) files.getArray()));
    }
}
