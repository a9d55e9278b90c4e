package io.perennial.mail.out;

import io.perennial.mail.Delivery;
import io.perennial.mail.Letter;
import io.perennial.mail.LetterPreference;
import io.perennial.mail.MailSettings;
import io.perennial.mail.Purpose;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of letters, as far as posting and asking go. */
@Component
public class LetterStore {

    private static final String DELIVERY = """
        select id, key, purpose, to_address, account_id, message_id, state, attempts, settled_at, words
        from mail.letter
        """;

    private final JdbcClient database;
    private final MailSettings settings;
    private final Clock clock;

    LetterStore(JdbcClient database, MailSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** @return the identity of the letter with this key, new or old */
    public UUID post(Letter letter, Actor actor) {
        UUID id = Ids.next();
        Timestamp now = Timestamp.from(clock.instant());
        int written = database.sql("""
            insert into mail.letter (id, key, message_id, purpose, to_address, to_name, subject, body, html, headers,
                automatic, account_id, contact_id, serves, next_try_at, posted_by, posted_at)
            values (:id, :key, :message_id, :purpose, :to, :to_name, :subject, :body, :html, :headers,
                :automatic, :account, :contact, :serves, :now, :by, :now)
            on conflict (key) do nothing
            """)
                .param("id", id)
                .param("key", letter.key())
                .param("message_id", "<" + UUID.randomUUID() + "@" + settings.domain() + ">")
                .param("purpose", letter.purpose())
                .param("to", letter.to())
                .param("to_name", letter.toName())
                .param("subject", printable(letter.subject()))
                .param("body", printable(letter.text()))
                .param("html", printable(letter.html()))
                .param("headers", headers(letter))
                .param("automatic", letter.isAutomatic())
                .param("account", letter.accountId())
                .param("contact", letter.contactId())
                .param("serves", letter.serves().key())
                .param("by", actor.name())
                .param("now", now)
                .update();
        if (written == 0) {
            return database.sql("select id from mail.letter where key = :key")
                    .param("key", letter.key())
                    .query(UUID.class)
                    .single();
        }
        for (int position = 0; position < letter.files().size(); position++) {
            database.sql("insert into mail.letter_file (letter_id, position, file_id) values (:id, :position, :file)")
                    .param("id", id)
                    .param("position", position)
                    .param("file", letter.files().get(position))
                    .update();
        }
        return id;
    }

    /** Whose letter it is and what for. */
    public Optional<LetterPreference.Addressed> addressed(UUID letter) {
        return database.sql("""
            select id, key, purpose, serves, to_address, account_id, contact_id, posted_at from mail.letter where id = :id
            """)
                .param("id", letter)
                .query((row, number) -> new LetterPreference.Addressed(
                        row.getObject("id", UUID.class),
                        row.getString("key"),
                        row.getString("purpose"),
                        Purpose.valueOf(row.getString("serves").toUpperCase(Locale.ROOT)),
                        row.getString("to_address"),
                        row.getObject("account_id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getTimestamp("posted_at").toInstant()))
                .optional();
    }

    /** @return whether it was there and had never been tried */
    public boolean recall(UUID letter) {
        List<UUID> waiting = database.sql(
                        "select id from mail.letter where id = :id and state = 'waiting' and attempts = 0 for update")
                .param("id", letter)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
        if (waiting.isEmpty()) {
            return false;
        }
        database.sql("delete from mail.letter_file where letter_id = :id")
                .param("id", letter)
                .update();
        return database.sql("delete from mail.letter where id = :id")
                        .param("id", letter)
                        .update()
                == 1;
    }

    public Optional<Delivery> delivery(UUID letter) {
        return deliveries(List.of(letter)).stream().findFirst();
    }

    public List<Delivery> deliveries(Collection<UUID> letters) {
        return database.sql(DELIVERY + " where id = any(:ids)")
                .param("ids", letters.toArray(UUID[]::new))
                .query(LetterStore::delivery)
                .list();
    }

    public Optional<Delivery> byMessageId(String messageId) {
        return database.sql(DELIVERY + " where message_id = :id")
                .param("id", messageId)
                .query(LetterStore::delivery)
                .optional();
    }

    /** As they will stand in the letter, so that they read well in the database. */
    static String[] headers(Letter letter) {
        return letter.headers().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .sorted()
                .toArray(String[]::new);
    }

    static Delivery delivery(ResultSet row, int number) throws SQLException {
        Timestamp settled = row.getTimestamp("settled_at");
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getString("key"),
                row.getString("purpose"),
                row.getString("to_address"),
                row.getObject("account_id", UUID.class),
                row.getString("message_id"),
                Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                instant(settled),
                row.getString("words"));
    }

    static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    /** PostgreSQL takes every character but this one. */
    static @Nullable String printable(@Nullable String text) {
        return text == null ? null : text.replace("\u0000", "");
    }
}
