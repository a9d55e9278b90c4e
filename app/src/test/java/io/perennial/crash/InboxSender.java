package io.perennial.crash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Appends to the inbox as the entrance does, without it: acknowledged is committed. */
final class InboxSender implements Sender {

    private static final int TRACK = 1;
    private static final int GROUP = 5;

    private final Path data;

    InboxSender(Path data) {
        this.data = data;
    }

    @Override
    public void send(List<Message> messages, Instant received) throws Exception {
        try (Connection database = DriverManager.getConnection(Files.readString(data.resolve("connection")))) {
            database.setAutoCommit(false);
            try (Statement lock = database.createStatement()) {
                lock.execute("select pg_advisory_xact_lock(hashtext('crash inbox'))");
            }
            try (PreparedStatement insert = database.prepareStatement("""
                    insert into events.inbox (received_on, received_at, source_id, message, kind, occurred_at, user_ref,
                        account_ref, name, body)
                    values (?, ?, 1, ?, ?, ?, ?, ?, ?, '{}')
                    """)) {
                for (Message message : messages) {
                    insert.setObject(1, received.atOffset(ZoneOffset.UTC).toLocalDate());
                    insert.setObject(2, received.atOffset(ZoneOffset.UTC));
                    insert.setObject(3, UUID.nameUUIDFromBytes(message.id().getBytes(StandardCharsets.UTF_8)));
                    insert.setInt(4, message.isGroup() ? GROUP : TRACK);
                    insert.setObject(5, message.at().atOffset(ZoneOffset.UTC));
                    insert.setString(6, message.userRef());
                    insert.setString(7, message.isGroup() ? message.account() : null);
                    insert.setString(8, message.isGroup() ? null : message.feature());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            database.commit();
        }
    }
}
