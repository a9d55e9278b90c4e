package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The campaign's check can fail: it sees events that were lost and events that were counted twice. */
class CampaignControlTests {

    private static final int EVENTS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String ALONE = "select pg_advisory_xact_lock(hashtext('perennial events reading'))";
    private static final String READ_AGAIN = "update events.cursor set seq = 0";

    private static final String[] COUNTED = {
        "usage.daily", "usage.account_day", "usage.user_day", "usage.company_day", "events.source_day"
    };

    @TempDir
    Path directory;

    @Test
    void lostAndDoubledEventsAreSeen() throws Exception {
        FastClock clock = FastClock.beforeTheEndOfTheMonth(directory, Duration.ofDays(2), 1);
        try (Victim victim = new Victim(directory, clock)) {
            Campaign.start(victim);
            List<String> keys = Campaign.sources(victim, 2);
            try (Connection sabotage = victim.connect();
                    Driver driver = sentWhileNobodyReads(sabotage, victim, keys, clock)) {
                doing(sabotage, """
                        insert into events.cursor (reader, seq, received_on)
                        select 'use', max(seq), max(received_on) from events.inbox
                        on conflict (reader) do update set seq = excluded.seq
                        """);
                Map<String, Balance.Off> lost = wrong(victim, driver);
                assertThat(lost)
                        .as("the cursor jumped over everything")
                        .containsEntry("events.message", new Balance.Off(EVENTS, 0))
                        .containsKeys(COUNTED);
                assertThat(lost.values())
                        .allSatisfy(off -> assertThat(off.missing()).isPositive());

                doing(sabotage, ALONE, READ_AGAIN);
                assertThat(wrong(victim, driver)).as("read late").isEmpty();
                doing(sabotage, ALONE, READ_AGAIN);
                assertThat(wrong(victim, driver)).as("read again").isEmpty();

                dropWhatMakesMessagesUnique(sabotage);
                doing(sabotage, ALONE, READ_AGAIN);
                Map<String, Balance.Off> wrong = wrong(victim, driver);
                assertThat(wrong)
                        .as("read again without the guard")
                        .containsEntry("events.message", new Balance.Off(0, EVENTS))
                        .containsKeys(COUNTED);
                assertThat(wrong.values())
                        .allSatisfy(off -> assertThat(off.tooMuch()).isPositive());
            }
        }
    }

    private static Driver sentWhileNobodyReads(Connection sabotage, Victim victim, List<String> keys, FastClock clock)
            throws Exception {
        sabotage.setAutoCommit(false);
        try (Statement statement = sabotage.createStatement()) {
            statement.execute(ALONE);
        }
        Driver driver = new Driver(victim.address(), keys, clock, Duration.ZERO, 1);
        driver.enough(EVENTS);
        Campaign.until("everything is acknowledged", LIMIT, driver::finished);
        assertThat(driver.wrong()).isEmpty();
        return driver;
    }

    private static Map<String, Balance.Off> wrong(Victim victim, Driver driver) throws Exception {
        Campaign.untilAllIsRead(victim, driver, LIMIT);
        return Campaign.balance(victim, driver).wrong();
    }

    private static void dropWhatMakesMessagesUnique(Connection sabotage) throws SQLException {
        List<String> indexes = new ArrayList<>();
        try (Statement statement = sabotage.createStatement();
                var row = statement.executeQuery(
                        "select indexname from pg_indexes where schemaname = 'events' and indexname like 'message%once'")) {
            while (row.next()) {
                indexes.add("drop index events." + row.getString(1));
            }
        }
        doing(sabotage, indexes.toArray(String[]::new));
    }

    private static void doing(Connection database, String... statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
        database.commit();
    }
}
