package io.perennial.events.reading;

import java.sql.Date;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code events.unresolved}: events of people or accounts that nobody knows yet. */
@Component
class Waiting {

    /** Taken out at once: a customer who is told of after months of events must not need memory for all of them. */
    static final int MOST = 20_000;

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
            row.setObject(3, event.receivedAt().atOffset(ZoneOffset.UTC));
            row.setInt(4, event.source());
            row.setInt(5, event.kind());
            row.setObject(6, event.occurredAt().atOffset(ZoneOffset.UTC));
            row.setString(7, event.user());
            row.setString(8, event.anonymous());
            row.setString(9, event.account());
            row.setString(10, event.name());
            row.setString(11, event.body());
            row.setInt(12, wait.what().number());
            row.setString(13, wait.ref());
        });
    }

    /** Takes out those who wait for one of these, the first {@link #MOST}. */
    List<Event> release(For what, Collection<String> refs) {
        if (refs.isEmpty()) {
            return new ArrayList<>();
        }
        Once once = new Once();
        return database.sql("""
                delete from events.unresolved
                where waits_for = :what and waits_ref = any(:refs) and seq <= coalesce((
                    select seq from events.unresolved where waits_for = :what and waits_ref = any(:refs)
                    order by seq offset :others limit 1), %d)
                returning\s""".formatted(Long.MAX_VALUE) + Event.WAITING_COLUMNS)
                .param("what", what.number())
                .param("refs", refs.stream().sorted().toArray(String[]::new))
                .param("others", MOST - 1)
                .query((row, number) -> Event.of(row, once))
                .list();
    }

    /** Accounts that somebody waits for and that there are by now. */
    List<String> accountsThere() {
        return there(For.ACCOUNT, "exists (select from accounts.account a where a.external_id = u.waits_ref)");
    }

    /** Users somebody waits for and whose account is known by now. */
    List<String> membersThere() {
        return there(For.MEMBERSHIP, "exists (select from events.membership m where m.user_ref = u.waits_ref)");
    }

    /** Visitors somebody waits for and who are known by now. */
    List<String> visitorsThere() {
        return there(
                For.USER_BEHIND_VISITOR, "exists (select from events.alias a where a.anonymous_ref = u.waits_ref)");
    }

    /** Users somebody waits for and who are contacts by now. */
    List<String> contactsThere() {
        return there(For.MEMBERSHIP, """
                (exists (select from accounts.contact c where c.external_id = u.waits_ref)
                    or exists (select from accounts.contact c where lower(c.email) = lower(u.waits_ref)))
                """);
    }

    private List<String> there(For what, String known) {
        return database.sql(
                        "select u.waits_ref from (select distinct waits_ref from events.unresolved where waits_for = :what) u where "
                                + known)
                .param("what", what.number())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
