package io.perennial.events.reading;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code events.unresolved}: events of people or accounts that nobody knows yet. */
@Component
class Waiting {

    private static final int ROWS_AT_ONCE = 1_000;

    private final JdbcClient database;
    private final JdbcTemplate batches;

    Waiting(JdbcClient database, JdbcTemplate batches) {
        this.database = database;
        this.batches = batches;
    }

    /** What an event waits for. The order is that of the numbers in the table. */
    enum For {
        ACCOUNT,
        MEMBERSHIP,
        USER_BEHIND_VISITOR;

        int number() {
            return ordinal() + 1;
        }
    }

    record Wait(Event event, For what, String ref) {}

    void add(List<Wait> waits) {
        batches.batchUpdate("""
                insert into events.unresolved (seq, received_on, received_at, source_id, kind, occurred_at, user_ref,
                    anonymous_ref, account_ref, name, body, waits_for, waits_ref)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, waits, ROWS_AT_ONCE, (row, wait) -> {
            Event event = wait.event();
            row.setLong(1, event.seq());
            row.setDate(2, Date.valueOf(event.receivedOn()));
            row.setObject(3, event.receivedAt().atOffset(java.time.ZoneOffset.UTC));
            row.setInt(4, event.source());
            row.setInt(5, event.kind());
            row.setObject(6, event.occurredAt().atOffset(java.time.ZoneOffset.UTC));
            row.setString(7, event.user());
            row.setString(8, event.anonymous());
            row.setString(9, event.account());
            row.setString(10, event.name());
            row.setString(11, event.body());
            row.setInt(12, wait.what().number());
            row.setString(13, wait.ref());
        });
    }

    /** Takes out those who wait for one of these. */
    List<Event> release(For what, Collection<String> refs) {
        if (refs.isEmpty()) {
            return new ArrayList<>();
        }
        return database.sql("""
                delete from events.unresolved
                where waits_for = :what and waits_ref = any(:refs)
                returning\s""" + Event.WAITING_COLUMNS)
                .param("what", what.number())
                .param("refs", refs.stream().sorted().toArray(String[]::new))
                .query((row, number) -> Event.of(row))
                .list();
    }

    /** Accounts that somebody waits for and that there are by now. */
    List<String> accountsThere() {
        return database.sql("""
                select distinct u.waits_ref from events.unresolved u
                join accounts.account a on a.external_id = u.waits_ref
                where u.waits_for = :what
                """)
                .param("what", For.ACCOUNT.number())
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Users somebody waits for and who are contacts by now. */
    List<String> contactsThere() {
        return database.sql("""
                select distinct u.waits_ref from events.unresolved u
                where u.waits_for = :what
                    and (exists (select from accounts.contact c where c.external_id = u.waits_ref)
                        or exists (select from accounts.contact c where lower(c.email) = lower(u.waits_ref)))
                """)
                .param("what", For.MEMBERSHIP.number())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
