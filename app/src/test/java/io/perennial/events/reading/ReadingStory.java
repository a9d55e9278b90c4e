package io.perennial.events.reading;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Two customers send events. */
abstract class ReadingStory {

    static final Instant NOW = MovableClock.START;

    @Autowired
    JdbcClient database;

    @Autowired
    JdbcTemplate template;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Records records;

    @Autowired
    EventReading reading;

    @Autowired
    MovableClock clock;

    Appender inbox;
    Book book;

    @BeforeEach
    void twoCustomers() {
        inbox = new Appender(template, transactions);
        book = new Book(database);
        book.account("harbor", "Harbor Freight Lines");
        book.account("quill", "Quill & Sons");
    }

    static Sent visitorGroup(String message, String visitor, String account) {
        return new Sent(
                1,
                message,
                Event.GROUP,
                Instant.parse("2026-11-24T08:00:00Z"),
                null,
                visitor,
                account,
                null,
                "{\"type\":\"group\",\"traits\":{}}");
    }

    void importAccount(String id) {
        upsert("accounts", id, Map.of("name", id));
    }

    void importContact(String id, String account) {
        upsert("contacts", id, Map.of("name", id, "account", account));
    }

    void upsert(String type, String id, Map<String, Object> values) {
        records.upsert(
                records.type(type).orElseThrow(),
                List.of(new RecordRow(1, id, new HashMap<>(values), Map.of())),
                Actor.SYSTEM,
                new Records.Write(null, "imported", Records.Formats.ISO));
    }

    String contact(String user) {
        return database.sql("""
                select c.name || ' of ' || a.external_id from accounts.contact c
                join accounts.account a on a.id = c.account_id where c.external_id = :user
                """).param("user", user).query(String.class).single();
    }

    int waiting() {
        return database.sql("select count(*) from events.unresolved")
                .query(Integer.class)
                .single();
    }

    int changed() {
        return database.sql("select count(*) from accounts.changed")
                .query(Integer.class)
                .single();
    }

    String sessions(String account, String user, String day) {
        return database.sql("""
                select string_agg(n::text, ' ' order by n) from usage.user_day d
                join accounts.account a on a.id = d.account_id
                join usage.product_user u on u.id = d.user_id
                cross join generate_series(0, 287) n
                where a.external_id = :account and u.external_id = :user and d.day = :day::date
                    and get_bit(d.slots, n) = 1
                """)
                .param("account", account)
                .param("user", user)
                .param("day", day)
                .query(String.class)
                .single();
    }

    String accountDay(String account, String day) {
        return database.sql("""
                select format('%s uses, %s users, %s features%s', d.events, d.active_users, cardinality(d.features),
                    case when counted then ', counted' end)
                from usage.account_day d join accounts.account a on a.id = d.account_id
                where a.external_id = :account and d.day = :day::date
                """)
                .param("account", account)
                .param("day", day)
                .query(String.class)
                .single();
    }

    String companyDay(String day) {
        return database.sql("""
                select format('%s uses, %s users, %s accounts', events, active_users, accounts)
                from usage.company_day where day = :day::date
                """).param("day", day).query(String.class).single();
    }
}
