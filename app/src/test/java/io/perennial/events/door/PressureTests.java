package io.perennial.events.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.events.Sender;
import io.perennial.events.Sources;
import io.perennial.platform.database.DiskRoom;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What clients hear when it cannot be done now: never a thank you, always when to come again. */
@PerennialTest
class PressureTests {

    private static final String EVENT = "{\"messageId\":\"m1\",\"userId\":\"u\",\"event\":\"A\"}";

    @Autowired
    Inbox inbox;

    @Autowired
    Sources sources;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    DataSource connections;

    Sender app;

    @BeforeEach
    void anAppIsConnected() {
        app = Sender.of("Planner", sources, people);
    }

    @AfterEach
    void theEntranceIsOpenAgain() {
        inbox.start();
    }

    private long stored() {
        return database.sql("select count(*) from events.inbox")
                .query(Long.class)
                .single();
    }

    @Test
    void aServerThatStopsSaysSo() {
        inbox.stop();
        HttpResponse<String> answer = app.send("/v1/track", EVENT);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(stored()).isZero();
        inbox.start();
        assertThat(app.send("/v1/track", EVENT).statusCode()).isEqualTo(200);
    }

    @Test
    void whatWaitsIsWrittenAndThankedForBeforeTheWriterEnds() throws SQLException, InterruptedException {
        try (Connection other = connections.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + Ledger.APPENDER + ")");
            CompletableFuture<HttpResponse<String>> first =
                    CompletableFuture.supplyAsync(() -> app.send("/v1/track", EVENT));
            CompletableFuture<HttpResponse<String>> second =
                    CompletableFuture.supplyAsync(() -> app.send("/v1/track", EVENT.replace("m1", "m2")));
            TimeUnit.MILLISECONDS.sleep(500);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(inbox::stop);
            TimeUnit.MILLISECONDS.sleep(200);
            assertThat(first).isNotDone();
            assertThat(stopped).isNotDone();
            other.commit();
            assertThat(first.join().statusCode()).isEqualTo(200);
            assertThat(second.join().statusCode()).isEqualTo(200);
            stopped.join();
        }
        assertThat(stored()).isEqualTo(2);
        assertThat(inbox.room().taken()).isZero();
    }

    @Test
    void connectionsThatTheDatabaseDropsCostAtMostATryAgain() throws InterruptedException {
        assertThat(app.send("/v1/track", EVENT).statusCode()).isEqualTo(200);
        database.sql("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where application_name = 'perennial entrance'
                """).query(Long.class).single();
        int status = 0;
        for (int i = 0; i < 20 && status != 200; i++) {
            HttpResponse<String> answer = app.send("/v1/track", EVENT.replace("m1", "m2"));
            status = answer.statusCode();
            if (status != 200) {
                assertThat(status).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        assertThat(status).isEqualTo(200);
        assertThat(database.sql("select count(distinct message) from events.inbox")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void aFullQueueIsSaidBeforeMemoryEnds() {
        long free = DoorLimits.ROOM_BYTES - inbox.room().taken();
        assertThat(inbox.room().take(free)).isTrue();
        HttpResponse<String> answer = app.send("/v1/track", EVENT);
        inbox.room().give(free);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(app.send("/v1/track", EVENT).statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatGoesAwayInTheMiddleLeavesNothing() throws Exception {
        URI server = URI.create(people.address());
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: " + Sender.basic(app.key() + ":")
                                    + "\r\nContent-Length: 400000\r\n\r\n{\"batch\":[" + " ".repeat(1_000))
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            TimeUnit.MILLISECONDS.sleep(200);
            socket.setSoLinger(true, 0);
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (inbox.room().taken() > 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(inbox.room().taken()).isZero();
        assertThat(stored()).isZero();
    }

    /** A byte every few seconds, by many: what slowhttptest does. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void fiveHundredBodiesThatTrickleInAreCutOffAndHinderNobody() throws Exception {
        URI server = URI.create(people.address());
        byte[] head = ("POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: " + Sender.basic(app.key() + ":")
                        + "\r\nContent-Length: 400000\r\n\r\n{\"batch\":[")
                .getBytes(StandardCharsets.US_ASCII);
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Socket socket = new Socket(server.getHost(), server.getPort());
            socket.getOutputStream().write(head);
            slow.add(socket);
        }
        long begun = System.nanoTime();
        List<Long> waits = new ArrayList<>();
        List<Socket> open = new ArrayList<>(slow);
        for (int round = 0; !open.isEmpty(); round++) {
            assertThat(System.nanoTime() - begun)
                    .as("%s still open".formatted(open.size()))
                    .isLessThan(DoorLimits.BODY_WITHIN.plusSeconds(15).toNanos());
            long asked = System.nanoTime();
            assertThat(app.send("/v1/track", EVENT.replace("m1", "in between " + round))
                            .statusCode())
                    .isEqualTo(200);
            waits.add(System.nanoTime() - asked);
            open.removeIf(PressureTests::isCutOff);
            TimeUnit.SECONDS.sleep(2);
        }
        assertThat(System.nanoTime() - begun)
                .isGreaterThan(DoorLimits.BODY_WITHIN.minusSeconds(5).toNanos());
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isLessThan(TimeUnit.SECONDS.toNanos(2)));
        assertThat(inbox.room().taken()).isZero();
        assertThat(stored()).isEqualTo(waits.size());
    }

    /** Sends one more byte unless the server has ended the connection. */
    private static boolean isCutOff(Socket socket) {
        try {
            socket.setSoTimeout(1);
            socket.getOutputStream().write(' ');
            socket.getOutputStream().flush();
            byte[] answer = new byte[4_096];
            while (socket.getInputStream().read(answer) >= 0) {
                // The answer, then the end.
            }
            socket.close();
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException ended) {
            return true;
        }
    }

    @Test
    void aSourceThatRunsWildIsToldWhenToComeAgain() throws Refused {
        Rates rates = new Rates(2_500);
        rates.admit(1, 2_500);
        rates.admit(1, 2_500);
        assertThatThrownBy(() -> rates.admit(1, 2_500)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.retryAfter()).isEqualTo(1);
        });
        rates.admit(2, 2_500);
    }

    @Test
    void theEntranceClosesBeforeTheDiskIsFull() {
        DiskReserve disk = new DiskReserve(Path.of("."), "one that looks after itself", 90, 512);
        long gigabyte = 1L << 30;
        disk.judge(new DiskRoom(80 * gigabyte, 20 * gigabyte));
        assertThat(disk.warning()).isEmpty();
        disk.judge(new DiskRoom(90 * gigabyte, 10 * gigabyte));
        assertThat(disk.warning()).hasValueSatisfying(words -> assertThat(words).contains("10,240 MB left"));
        disk.judge(new DiskRoom(80 * gigabyte, 20 * gigabyte));
        assertThat(disk.warning()).isEmpty();
        disk.judge(new DiskRoom(gigabyte, gigabyte / 3));
        assertThat(disk.warning()).isPresent();
    }
}
