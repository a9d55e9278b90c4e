package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every acknowledged event is counted exactly once, in every rollup, however often JVM, PostgreSQL or both die under load.
 * The full form: {@code -Dperennial.crash.kills=200 -Dperennial.crash.events=1000000}.
 */
class CrashCampaignTests {

    private static final int KILLS = Integer.getInteger("perennial.crash.kills", 5);
    private static final long EVENTS = Long.getLong("perennial.crash.events", 10_000);
    private static final long SEED = Long.getLong("perennial.crash.seed", 1);
    private static final Duration SERVING_LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLING_LIMIT = Duration.ofMinutes(10);
    private static final Duration OVER_THE_MONTH = Duration.ofDays(32);

    @TempDir
    Path directory;

    @Test
    void everyAcknowledgedEventIsCountedExactlyOnce() throws Exception {
        Random random = new Random(SEED);
        List<Long> away = new ArrayList<>();
        try (Victim victim = new Victim(directory)) {
            victim.start();
            try (Driver driver = new Driver(new InboxSender(victim.data()), EVENTS, SEED)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    Thread.sleep(200 + random.nextInt(1_500));
                    if (kill == KILLS / 2) {
                        driver.leap(OVER_THE_MONTH);
                    }
                    long died = System.nanoTime();
                    strike(victim, kill % 5);
                    untilServing(victim);
                    away.add(Duration.ofNanos(System.nanoTime() - died).toMillis());
                }
                untilAllIsRead(victim, driver);
                away.sort(null);
                System.out.printf(
                        "%d kills, %,d events acknowledged, %d batches sent again; serving again after %,d ms (median), %,d ms (worst)%n",
                        KILLS, driver.all().size(), driver.resent(), away.get(away.size() / 2), away.getLast());
                compare(victim, driver.all());
            }
        }
    }

    /** Of five: two of the JVM, two of PostgreSQL, one of both. */
    private static void strike(Victim victim, int which) throws Exception {
        switch (which) {
            case 0, 3 -> victim.killPostmaster();
            case 1, 4 -> {
                victim.killJvm();
                victim.start();
            }
            default -> {
                victim.killPostmaster();
                victim.killJvm();
                victim.start();
            }
        }
    }

    private static void untilServing(Victim victim) throws InterruptedException {
        long until = System.nanoTime() + SERVING_LIMIT.toNanos();
        while (!victim.serves()) {
            assertThat(System.nanoTime())
                    .as("serving again within %s", SERVING_LIMIT)
                    .isLessThan(until);
            Thread.sleep(50);
        }
    }

    private static void untilAllIsRead(Victim victim, Driver driver) throws Exception {
        long until = System.nanoTime() + SETTLING_LIMIT.plusMillis(EVENTS).toNanos();
        while (!driver.finished() || !allRead(victim)) {
            assertThat(System.nanoTime()).as("everything is read").isLessThan(until);
            Thread.sleep(100);
        }
    }

    private static boolean allRead(Victim victim) throws Exception {
        return lines(victim, """
                select (coalesce((select seq from events.cursor where reader = 'use'), 0)
                    >= (select max(seq) from events.inbox))::text
                """).equals(List.of("true"));
    }

    private static void compare(Victim victim, List<Message> messages) throws Exception {
        assertThat(messages).hasSize((int) EVENTS);
        Map<String, Long> facts = new TreeMap<>();
        Map<String, Long> days = new TreeMap<>();
        Map<String, Long> logins = new TreeMap<>();
        Map<String, Long> company = new TreeMap<>();
        for (Message message : messages) {
            if (!message.isGroup()) {
                LocalDate day = LocalDate.ofInstant(message.at(), ZoneOffset.UTC);
                facts.merge(
                        "%s %s %s %s".formatted(message.account(), day, message.userRef(), message.feature()),
                        1L,
                        Long::sum);
                days.merge("%s %s".formatted(message.account(), day), 1L, Long::sum);
                logins.merge("%s %s %s".formatted(message.account(), day, message.userRef()), 1L, Long::sum);
                company.merge(day.toString(), 1L, Long::sum);
            }
        }
        assertThat(lines(victim, "select count(distinct message)::text from events.inbox"))
                .as("messages in the inbox")
                .containsExactly(Long.toString(EVENTS));
        assertThat(lines(victim, "select count(*)::text from events.message")).containsExactly(Long.toString(EVENTS));
        assertThat(lines(victim, "select seq::text from events.parked")).isEmpty();
        assertThat(lines(victim, "select seq::text from events.unresolved")).isEmpty();
        assertThat(lines(victim, """
                select concat_ws(' ', a.external_id, d.day, u.external_id, f.name, d.events) from usage.daily d
                join accounts.account a on a.id = d.account_id join usage.feature f on f.id = d.feature_id
                join usage.product_user u on u.id = d.user_id
                """)).isEqualTo(sorted(facts));
        assertThat(lines(victim, """
                select concat_ws(' ', a.external_id, d.day, d.events) from usage.account_day d
                join accounts.account a on a.id = d.account_id
                """)).isEqualTo(sorted(days));
        assertThat(lines(victim, """
                select concat_ws(' ', a.external_id, d.day, u.external_id, d.events) from usage.user_day d
                join accounts.account a on a.id = d.account_id join usage.product_user u on u.id = d.user_id
                """)).isEqualTo(sorted(logins));
        assertThat(lines(victim, "select concat_ws(' ', day, events) from usage.company_day"))
                .isEqualTo(sorted(company));
        assertThat(lines(victim, """
                select (sum(events) || ' ' || (select sum(active_users) from usage.company_day))
                from events.source_day
                """)).containsExactly(EVENTS + " " + logins.size());
    }

    private static List<String> sorted(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .toList();
    }

    private static List<String> lines(Victim victim, String query) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection database = victim.connect();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                lines.add(String.valueOf(row.getString(1)));
            }
        } catch (SQLException e) {
            throw new AssertionError("The database does not answer", e);
        }
        lines.sort(null);
        return lines;
    }
}
