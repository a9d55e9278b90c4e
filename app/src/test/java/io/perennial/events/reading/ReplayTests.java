package io.perennial.events.reading;

import static io.perennial.events.reading.Sent.used;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@PerennialTest
class ReplayTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    JdbcClient database;

    @Autowired
    JdbcTemplate template;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    EventReading reading;

    @Autowired
    HikariDataSource pool;

    Appender inbox;

    @BeforeEach
    void aWeekOfEvents() {
        inbox = new Appender(template, transactions);
        Book book = new Book(database);
        book.account("harbor", "Harbor Freight Lines");
        book.account("quill", "Quill & Sons");
        inbox.append(
                MovableClock.START,
                used("e1", "mia", "Export", "2026-11-20T10:00:00Z").inAccount("harbor"),
                used("e2", "mia", "Export", "2026-11-21T10:00:00Z").inAccount("harbor"),
                used("e3", "ada", "Export", "2026-11-21T10:00:00Z").inAccount("quill"));
        reading.drain();
    }

    @Test
    void theCommandPutsTheUseOfOneAccountRightAndLeavesOthersAlone() {
        database.sql("update usage.daily set events = 50").update();

        assertThat(replayed("--account", "harbor"))
                .isEqualTo("0: 2 days of accounts were different and are right now.");
        assertThat(replayed("--account", "harbor")).isEqualTo("0: Everything was right; nothing was changed.");
        assertThat(sum("harbor")).isEqualTo(2);
        assertThat(sum("quill")).isEqualTo(50);

        assertThat(replayed("--day", "2026-11-20..2026-11-22"))
                .isEqualTo("0: 1 days of accounts were different and are right now.");
        assertThat(sum("quill")).isEqualTo(1);
    }

    @Test
    void theSecondsOfAKeyActionThatWasDefinedLaterAreBroughtByAReplay() {
        inbox.append(
                MovableClock.START,
                used("e5", "mia", "Share", "2026-11-21T10:00:42Z").inAccount("harbor"));
        reading.drain();
        database.sql("""
                insert into usage.key_action (id, name, start_feature, finish_feature, created_at)
                select gen_random_uuid(), 'First share', e.id, s.id, now() from usage.feature e, usage.feature s
                where e.name = 'Export' and s.name = 'Share'
                """).update();

        assertThat(replayed("--account", "harbor")).isEqualTo("0: Everything was right; nothing was changed.");

        assertThat(database.sql("""
                        select day || ' ' || first_second || ' ' || last_second from usage.key_moment order by 1
                        """)
                        .query((row, number) -> String.valueOf(row.getString(1)))
                        .list())
                .containsExactly("2026-11-20 36000 36000", "2026-11-21 36000 36000", "2026-11-21 36042 36042");
    }

    @Test
    void daysWhoseEventsAreGoneAreNotCountedAnew() {
        database.sql("insert into events.dropped (until) values ('2026-11-20')").update();
        database.sql("update usage.daily set events = 50").update();

        assertThat(replayed("--day", "2026-11-20")).startsWith("1: Events are kept for a set time only");
        assertThat(sum("harbor")).isEqualTo(100);
    }

    @Test
    void aReplayOfNobodyKnownSaysSo() {
        assertThat(replayed("--account", "nova")).isEqualTo("1: There is no account nova.");
        assertThat(replayed("--day", "yesterday")).startsWith("2: ");
        assertThat(replayed("--source", "web")).isEqualTo("1: There is no source web.");
    }

    @Test
    void theReaderCountsWhatArrivesWhileItRuns() throws InterruptedException {
        reading.start();
        try {
            inbox.append(
                    MovableClock.START,
                    used("e4", "mia", "Export", "2026-11-22T10:00:00Z").inAccount("harbor"));
            reading.wake();
            long until = System.nanoTime() + SOON.toNanos();
            while (sum("harbor") < 3 && System.nanoTime() < until) {
                Thread.sleep(20);
            }
        } finally {
            reading.stop();
        }
        assertThat(sum("harbor")).isEqualTo(3);
        assertThat(reading.isRunning()).isFalse();
    }

    private int sum(String account) {
        return database.sql("""
                select coalesce(sum(d.events), 0) from usage.daily d join accounts.account a on a.id = d.account_id
                where a.external_id = :account
                """).param("account", account).query(Integer.class).single();
    }

    /** Exit code and last line. */
    private String replayed(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = pool.getJdbcUrl();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            int code = ReplayShell.run(all, out, out);
            String[] lines = said.toString(StandardCharsets.UTF_8).strip().split("\n");
            return code + ": " + lines[lines.length - 1];
        }
    }
}
