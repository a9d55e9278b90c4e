package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every acknowledged event is counted exactly once, in every rollup, however often JVM, PostgreSQL or both die under load.
 * The full form is described in {@code docs/operations.md}.
 */
class CrashCampaignTests {

    private static final int KILLS = Integer.getInteger("perennial.crash.kills", 5);
    private static final int EVENTS = Integer.getInteger("perennial.crash.events", 20_000);
    private static final Duration LONGEST = Duration.ofMinutes(Long.getLong("perennial.crash.minutes", 600));
    private static final long SEED = Long.getLong("perennial.crash.seed", 1);
    /** The server's clock runs 20 minutes in a second: a midnight each 72 seconds. */
    private static final int SPEED = 1_200;

    private static final Duration BEFORE_THE_FIRST_MIDNIGHT = Duration.ofHours(3);
    /** Of each connection after a batch: up to 8,000 events a second, so that a kill has its share of them. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int LONGEST_DELAY_MS = 400;
    /** One restart in so many is struck before it is done. */
    private static final int STRUCK_AGAIN = 8;

    private static final int LONGEST_START_MS = 8_000;
    private static final Duration SERVING_LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLING_LIMIT = Duration.ofMinutes(10);

    private enum Target {
        JVM,
        POSTGRES,
        BOTH
    }

    /** Of ten: five times the JVM, three times PostgreSQL, twice both. */
    private static final List<Target> ORDER = List.of(
            Target.JVM,
            Target.POSTGRES,
            Target.BOTH,
            Target.JVM,
            Target.POSTGRES,
            Target.JVM,
            Target.BOTH,
            Target.JVM,
            Target.POSTGRES,
            Target.JVM);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Map<Target, List<Long>> away = new EnumMap<>(Target.class);
    private int strikes;
    private int kills;

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void everyAcknowledgedEventIsCountedExactlyOnce() throws Exception {
        FastClock clock = FastClock.beforeTheEndOfTheMonth(directory, BEFORE_THE_FIRST_MIDNIGHT, SPEED);
        try (Victim victim = new Victim(directory, clock)) {
            Campaign.start(victim);
            List<String> keys = Campaign.sources(victim, 3);
            clock.run();
            try (Driver driver = new Driver(victim.address(), keys, clock, PAUSE, SEED)) {
                long end = System.nanoTime() + LONGEST.toNanos();
                while (kills < KILLS && System.nanoTime() < end) {
                    untilSent(driver, (long) ((kills + random.nextDouble()) * EVENTS / KILLS));
                    Thread.sleep(random.nextInt(LONGEST_DELAY_MS));
                    strike(victim, driver, ORDER.get(strikes++ % ORDER.size()));
                }
                untilAfterMidnight(victim);
                driver.enough(EVENTS);
                Campaign.untilAllIsRead(victim, driver, SETTLING_LIMIT);
                Balance balance = Campaign.balance(victim, driver);
                report(victim, driver, balance);
                assertThat(driver.wrong()).isEmpty();
                assertThat(driver.acknowledged()).isEqualTo(driver.messages().size());
                assertThat(balance.wrong()).isEmpty();
            }
        }
    }

    private static void untilSent(Driver driver, long messages) throws Exception {
        Campaign.until("new messages are acknowledged", SETTLING_LIMIT, () -> driver.acknowledged() >= messages);
    }

    private void strike(Victim victim, Driver driver, Target target) throws Exception {
        long died = System.nanoTime();
        kills++;
        if (target != Target.JVM) {
            victim.killPostmaster();
        }
        if (target != Target.POSTGRES) {
            victim.killJvm();
            victim.launch();
            while (random.nextInt(STRUCK_AGAIN) == 0 && kills < KILLS) {
                Thread.sleep(random.nextInt(LONGEST_START_MS));
                died = System.nanoTime();
                victim.killJvm();
                victim.launch();
                kills++;
            }
        }
        Campaign.until("PostgreSQL runs again", SERVING_LIMIT, victim::postmasterLives);
        long lives = System.nanoTime();
        Campaign.until("events are acknowledged again", SERVING_LIMIT, () -> driver.acknowledgedSince(lives));
        away.computeIfAbsent(target, any -> new ArrayList<>())
                .add(Duration.ofNanos(System.nanoTime() - died).toMillis());
    }

    private static void untilAfterMidnight(Victim victim) throws Exception {
        Campaign.until("messages were taken in two months", SETTLING_LIMIT, () -> number(victim, """
                select count(distinct month) from events.message
                """) > 1);
    }

    private static long number(Victim victim, String query) throws Exception {
        try (Connection database = victim.connect();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void report(Victim victim, Driver driver, Balance balance) throws Exception {
        System.out.printf(
                "%d kills, %d starts of the server; %,d messages acknowledged, %,d repeated on purpose, %,d batches sent again; "
                        + "%,d rows in the inbox on %d days, messages in %d months; load %.1f%n",
                kills,
                victim.starts(),
                driver.acknowledged(),
                driver.repeated(),
                driver.resent(),
                number(victim, "select count(*) from events.inbox"),
                number(victim, "select count(distinct received_on) from events.inbox"),
                number(victim, "select count(distinct month) from events.message"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        List<Long> all = new ArrayList<>();
        away.forEach((target, times) -> {
            all.addAll(times);
            say(target.toString(), times);
        });
        say("any", all);
        balance.tables()
                .forEach((table, off) ->
                        System.out.printf("  %s: %d missing, %d too much%n", table, off.missing(), off.tooMuch()));
    }

    private static void say(String what, List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        System.out.printf(
                "  %s killed, %d times: acknowledging again after %,d ms (median), %,d ms (p95), %,d ms (worst)%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
                sorted.getLast());
    }
}
