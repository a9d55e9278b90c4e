package io.perennial.events.reading;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts events into the inbox as the entrance does: under a lock that is held until the commit. */
final class Appender {

    private final JdbcTemplate database;
    private final TransactionTemplate transaction;

    Appender(JdbcTemplate database, PlatformTransactionManager transactions) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    void append(Instant received, Sent... events) {
        append(received, List.of(events));
    }

    void append(Instant received, List<Sent> events) {
        transaction.executeWithoutResult(status -> {
            database.query("select pg_advisory_xact_lock(hashtext('test inbox'))", row -> {});
            database.batchUpdate("""
                    insert into events.inbox (received_on, received_at, source_id, message, kind, occurred_at, user_ref,
                        anonymous_ref, account_ref, name, body)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, events, 1_000, (row, event) -> {
                row.setObject(1, received.atOffset(ZoneOffset.UTC).toLocalDate());
                row.setObject(2, received.atOffset(ZoneOffset.UTC));
                row.setInt(3, event.source());
                row.setObject(4, event.key());
                row.setInt(5, event.kind());
                row.setObject(6, event.at().atOffset(ZoneOffset.UTC));
                row.setString(7, event.user());
                row.setString(8, event.visitor());
                row.setString(9, event.account());
                row.setString(10, event.name());
                row.setString(11, event.body());
            });
        });
    }
}
