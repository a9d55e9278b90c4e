package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that cannot write: clients are told to come again, nothing that was acknowledged is lost, and when the cause
 * is gone service returns without anybody's hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class ServiceReturnsTests {

    /** The product and its database, empty, take about 120 MB. */
    private static final int SMALL_MB = 280;

    private static final int RESERVE_MB = 60;
    private static final int LARGE_MB = 700;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LAST_WORDS = 12_000;
    private static final String EVENT = "{\"userId\":\"somebody\",\"event\":\"Somebody looks whether it works\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private Path disk;
    private Victim victim;
    private Administrator administrator;
    private List<String> keys;
    private FastClock clock;

    @BeforeAll
    void aServerOnASmallDisk(@TempDir Path directory) throws Exception {
        Root.needed("mount", "umount", "fallocate");
        disk = Files.createDirectories(directory.resolve("disk"));
        Root.must("mount", "-t", "tmpfs", "-o", "size=" + SMALL_MB + "m", "tmpfs", disk.toString());
        clock = FastClock.beforeTheEndOfTheMonth(directory, Duration.ofDays(2), 1);
        victim = new Victim(disk.resolve("data"), directory.resolve("logs"), clock, null)
                .with("--perennial.events.disk-free-mb=" + RESERVE_MB, "--logging.level.io.zonky=info")
                .with(Administrator.settings());
        Campaign.start(victim);
        keys = Campaign.sources(victim, 4);
        administrator = Administrator.signedIn(victim.address());
    }

    @AfterAll
    void theDiskIsGone() throws Exception {
        if (victim != null) {
            victim.killEverything();
            Campaign.until(
                    "the disk is free",
                    LIMIT,
                    () -> Root.tell("umount", disk.toString()).good());
        }
    }

    @AfterEach
    void thereIsSpaceAgain() throws Exception {
        Files.deleteIfExists(foreign());
        resize(LARGE_MB);
        untilServed(BACK_WITHIN);
    }

    @Test
    void eventsThatFillTheDiskAreRefusedBeforeTheDatabaseStops() throws Exception {
        resize(SMALL_MB);
        try (Driver driver = new Driver(victim.address(), keys.subList(0, 3), clock, Duration.ZERO, 1)) {
            Campaign.until("the disk is nearly full", LIMIT, () -> refusedAsFull(offer()));
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> answer = offer();
                assertThat(refusedAsFull(answer)).as(answer.body()).isTrue();
                assertThat(administrator.page("/")).contains("The disk is nearly full");
                assertThat(administrator.page("/admin/sources")).contains("The disk is nearly full", "MB left");
                assertThat(administrator.page("/accounts")).doesNotContain("The disk is nearly full");
                Thread.sleep(200);
            }
            assertThat(Files.getFileStore(disk).getUsableSpace()).isPositive();
            resize(LARGE_MB);
            untilServed(BACK_WITHIN);
            driver.enough(driver.messages().size() + 1_000);
            nothingIsLost(driver);
        }
        assertThat(victim.said()).contains("is nearly full").doesNotContain("PANIC", "stopped unexpectedly");
    }

    @Test
    void aForeignFileClosesTheEntranceUntilItIsGone() throws Exception {
        resize(LARGE_MB);
        try (Driver driver = new Driver(victim.address(), keys.subList(0, 3), clock, Duration.ofMillis(50), 2)) {
            Campaign.until("events come in", LIMIT, () -> driver.acknowledged() > 500);
            leave(RESERVE_MB / 2);
            Campaign.until("the disk is nearly full", Duration.ofSeconds(5), () -> refusedAsFull(offer()));
            assertThat(administrator.page("/")).contains("The disk is nearly full");
            Files.delete(foreign());
            untilServed(BACK_WITHIN);
            assertThat(administrator.page("/")).doesNotContain("The disk is nearly full");
            driver.enough(driver.messages().size() + 1_000);
            nothingIsLost(driver);
        }
    }

    /** No reserve helps against others who take everything; then PostgreSQL goes down, and comes back with the space. */
    @Test
    void aDiskWithoutAByteLeftLosesNothingEither() throws Exception {
        resize(LARGE_MB);
        try (Driver driver = new Driver(victim.address(), keys.subList(0, 3), clock, Duration.ofMillis(20), 3)) {
            Campaign.until("events come in", LIMIT, () -> driver.acknowledged() > 500);
            leaveNothing();
            assertThat(writeUntilNothingGoes()).isTrue();
            assertThat(offer().statusCode()).isEqualTo(503);
            Thread.sleep(5_000);
            Files.delete(foreign());
            untilServed(BACK_WITHIN);
            driver.enough(driver.messages().size() + 1_000);
            nothingIsLost(driver);
        }
    }

    @Test
    void aStoppedDatabaseIsToldWithinTwoSecondsAndStartedAgain() throws Exception {
        untilServed(BACK_WITHIN);
        victim.tellPostmaster("INT");
        boolean refused = false;
        long begun = System.nanoTime();
        while (!refused && System.nanoTime() - begun < Duration.ofSeconds(10).toNanos()) {
            long asked = System.nanoTime();
            HttpResponse<String> answer = offer();
            if (answer.statusCode() != 200) {
                refused = true;
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
            }
        }
        assertThat(refused).isTrue();
        untilServed(BACK_WITHIN);
    }

    /** It hangs rather than being down: nobody is thanked for what may never be written. */
    @Test
    void aDatabaseThatHangsIsNeverThankedFor() throws Exception {
        untilServed(BACK_WITHIN);
        victim.tellPostgres("STOP");
        HttpResponse<String> answer = offer();
        victim.tellPostgres("CONT");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        untilServed(BACK_WITHIN);
    }

    private void nothingIsLost(Driver driver) throws Exception {
        Campaign.until("everything is acknowledged", LIMIT, driver::finished);
        Campaign.until("everything is read", LIMIT, victim::hasReadAll);
        assertThat(driver.wrong()).isEmpty();
        try (Connection database = victim.connect()) {
            assertThat(Images.missing(database, driver.acknowledgedNow())).isZero();
        }
    }

    private HttpResponse<String> offer() throws IOException, InterruptedException {
        String credentials =
                Base64.getEncoder().encodeToString((keys.getLast() + ":").getBytes(StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(URI.create(victim.address() + "/v1/track"))
                        .header("Authorization", "Basic " + credentials)
                        .POST(BodyPublishers.ofString(EVENT))
                        .build(),
                BodyHandlers.ofString());
    }

    private static boolean refusedAsFull(HttpResponse<String> answer) {
        return answer.statusCode() == 503
                && answer.body().contains("storage_low")
                && answer.headers().firstValue("Retry-After").isPresent();
    }

    private void untilServed(Duration limit) throws Exception {
        try {
            Campaign.until("events are taken", limit, () -> offer().statusCode() == 200);
        } catch (AssertionError never) {
            String said = victim.said();
            throw new AssertionError(said.substring(Math.max(0, said.length() - LAST_WORDS)), never);
        }
    }

    private Path foreign() {
        return disk.resolve("foreign file");
    }

    private void leave(int megabytes) throws Exception {
        long free = Files.getFileStore(disk).getUsableSpace() - megabytes * 1024L * 1024;
        Root.must("fallocate", "-l", Long.toString(free), foreign().toString());
    }

    private void leaveNothing() throws Exception {
        Root.tell("dd", "if=/dev/zero", "of=" + foreign(), "bs=64k");
        assertThat(Files.getFileStore(disk).getUsableSpace()).isLessThan(64 * 1024);
    }

    private void resize(int megabytes) throws Exception {
        Root.must("mount", "-o", "remount,size=" + megabytes + "m", disk.toString());
    }

    /** @return whether the database, or the connection to it, gave up */
    private boolean writeUntilNothingGoes() throws IOException {
        try (Connection database = victim.connect();
                Statement statement = database.createStatement()) {
            for (int i = 0; i < 200; i++) {
                try {
                    statement.execute("select pg_logical_emit_message(false, 'filler', repeat('x', 1000000))");
                } catch (SQLException noSpace) {
                    if (database.isValid(1)) {
                        continue;
                    }
                    return true;
                }
            }
            return false;
        } catch (SQLException gone) {
            return true;
        }
    }
}
