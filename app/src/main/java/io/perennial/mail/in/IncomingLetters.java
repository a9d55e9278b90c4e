package io.perennial.mail.in;

import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Attachment;
import io.perennial.mail.IncomingLetter.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of letters that came in. */
@Component
public class IncomingLetters {

    private final JdbcClient database;
    private final Clock clock;

    IncomingLetters(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Where a letter came from; mailbox and numbers are those of IMAP. */
    record Origin(
            String cameBy,
            @Nullable String mailbox,
            @Nullable Long uidValidity,
            @Nullable Long uid) {

        static final Origin LISTENER = new Origin("smtp", null, null, null);
    }

    /** @return whether it is new */
    boolean add(UUID id, Read read, Kind kind, @Nullable String html, Origin origin) {
        return database.sql("""
            insert into mail.incoming (id, identity, came_by, mailbox, uid_validity, uid, marked, message_id, refs,
                from_address, from_name, to_addresses, cc_addresses, subject, body, quoted, html, kind,
                bounced_address, sender_verified, received_at)
            values (:id, :identity, :came_by, :mailbox, :validity, :uid, :marked, :message_id, :refs,
                :from, :from_name, :to, :cc, :subject, :body, :quoted, :html, :kind, :bounced, :verified, :now)
            on conflict do nothing
            """)
                        .param("id", id)
                        .param("identity", read.identity())
                        .param("came_by", origin.cameBy())
                        .param("mailbox", origin.mailbox())
                        .param("validity", origin.uidValidity())
                        .param("uid", origin.uid())
                        .param("marked", origin.uid() == null)
                        .param("message_id", read.messageId())
                        .param("refs", read.references().toArray(String[]::new))
                        .param("from", read.from())
                        .param("from_name", read.fromName())
                        .param("to", read.to().toArray(String[]::new))
                        .param("cc", read.cc().toArray(String[]::new))
                        .param("subject", read.subject())
                        .param("body", read.text())
                        .param("quoted", read.quoted())
                        .param("html", html)
                        .param("kind", kind.name())
                        .param(
                                "bounced",
                                read.failure() != null
                                        ? read.failure().address()
                                        : read.unwanted() == null
                                                ? null
                                                : read.unwanted().address())
                        .param("verified", read.senderVerified())
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    void html(UUID id, String html) {
        database.sql("update mail.incoming set html = :html where id = :id")
                .param("html", html)
                .param("id", id)
                .update();
    }

    void addFile(UUID letter, int position, Attachment file) {
        database.sql("""
            insert into mail.incoming_file
                (incoming_id, position, file_id, name, type, bytes, inline, content_id, refused)
            values (:letter, :position, :file, :name, :type, :bytes, :inline, :content_id, :refused)
            """)
                .param("letter", letter)
                .param("position", position)
                .param("file", file.file())
                .param("name", file.name())
                .param("type", file.type())
                .param("bytes", file.bytes())
                .param("inline", file.inline())
                .param("content_id", file.contentId())
                .param("refused", file.refused())
                .update();
    }

    /** Of people, or sent to many, that nobody took; newest first. */
    public List<UUID> unread(int most) {
        return database.sql("""
            select id from mail.incoming where taken_by is null and kind in ('PERSON', 'LIST')
            order by received_at desc, id desc limit :most
            """)
                .param("most", most)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    public void taken(UUID id, String by) {
        database.sql("update mail.incoming set taken_by = :by, reason = null where id = :id")
                .param("by", by)
                .param("id", id)
                .update();
    }

    public void forget(UUID id) {
        database.sql("delete from mail.incoming_file where incoming_id = :id")
                .param("id", id)
                .update();
        database.sql("""
            update mail.incoming set subject = '', body = '', quoted = '', html = null, from_name = null,
                to_addresses = '{}', cc_addresses = '{}' where id = :id
            """).param("id", id).update();
    }

    void left(UUID id, String reason) {
        database.sql("update mail.incoming set reason = :reason where id = :id and taken_by is null")
                .param("reason", reason)
                .param("id", id)
                .update();
    }

    /** How many came from this address since then. */
    int from(String address, Instant since) {
        return database.sql("select count(*) from mail.incoming where from_address = :from and received_at > :since")
                .param("from", address)
                .param("since", Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    /** Locks it, so that it is taken once. @return whether it waits for somebody to take it */
    public boolean lockUnread(UUID id) {
        return database.sql("select id from mail.incoming where id = :id and taken_by is null for update")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    public Optional<IncomingLetter> find(UUID id) {
        return database.sql("select * from mail.incoming where id = :id")
                .param("id", id)
                .query((row, number) -> letter(row, files(id)))
                .optional();
    }

    private List<Attachment> files(UUID letter) {
        return database.sql("""
            select file_id, name, type, bytes, inline, content_id, refused from mail.incoming_file
            where incoming_id = :letter order by position
            """)
                .param("letter", letter)
                .query((row, number) -> new Attachment(
                        row.getObject("file_id", UUID.class),
                        row.getString("name"),
                        row.getString("type"),
                        row.getLong("bytes"),
                        row.getBoolean("inline"),
                        row.getString("content_id"),
                        row.getString("refused")))
                .list();
    }

    private static IncomingLetter letter(ResultSet row, List<Attachment> files) throws SQLException {
        return new IncomingLetter(
                row.getObject("id", UUID.class),
                row.getString("message_id"),
                texts(row, "refs"),
                row.getString("from_address"),
                row.getString("from_name"),
                texts(row, "to_addresses"),
                texts(row, "cc_addresses"),
                row.getString("subject"),
                row.getString("body"),
                row.getString("quoted"),
                row.getString("html"),
                files,
                Kind.valueOf(row.getString("kind")),
                row.getTimestamp("received_at").toInstant(),
                row.getString("bounced_address"),
                row.getBoolean("sender_verified"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
