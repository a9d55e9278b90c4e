package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.keys.KeyShell;
import io.perennial.world.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole product as a process of its own, as an operator runs it, that loses its life in the middle of the work. */
class KilledServerTests {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Pattern READY = Pattern.compile("Perennial is ready: (http://\\S+)");
    private static final Pattern KEY = Pattern.compile("pk_live_\\S+");

    @TempDir
    Path data;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void nobodyIsLeftBehind() throws InterruptedException {
        for (Process server : started) {
            server.destroy();
            server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterKillMinusNineAndStopsInOrder() throws Exception {
        Server first = start();
        Visitor program = program(first);
        for (int number = 1; number <= 20; number++) {
            assertThat(program.json("PUT", "/api/v1/accounts/a-" + number, "{\"name\":\"Account\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        first.process.destroyForcibly().waitFor();
        assertThat(postmaster()).as("PostgreSQL outlives its JVM").isTrue();

        Server second = start();
        Visitor again = at(second, program);
        for (int number = 1; number <= 20; number++) {
            assertThat(again.get("/api/v1/accounts/a-" + number).statusCode()).isEqualTo(200);
        }

        second.process.destroy();
        assertThat(second.process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(postmaster()).as("SIGTERM stops PostgreSQL as well").isFalse();
    }

    private record Server(Process process, String address) {}

    private Server start() throws IOException, InterruptedException {
        Path log = Files.createTempFile(data.getParent(), "server", ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.perennial.Perennial",
                        "--server.port=0",
                        "--perennial.data=" + data)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        started.add(process);
        long until = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < until && process.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                return new Server(process, ready.group(1));
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The server did not start: " + Files.readString(log));
    }

    private Visitor program(Server server) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            KeyShell.run(
                    new String[] {Files.readString(data.resolve("connection")), "create", "Test", "--scope", "write"},
                    out,
                    out);
        }
        Matcher key = KEY.matcher(said.toString(StandardCharsets.UTF_8));
        assertThat(key.find()).as(said.toString(StandardCharsets.UTF_8)).isTrue();
        return new Visitor(
                new UUID(0, 0), "program", server.address, Map.of("Authorization", "Bearer " + key.group()), "", "");
    }

    private static Visitor at(Server server, Visitor one) {
        return new Visitor(one.id(), one.name(), server.address, one.headers(), "", "");
    }

    private boolean postmaster() throws IOException {
        Path file = data.resolve("postgres").resolve("postmaster.pid");
        return Files.exists(file)
                && ProcessHandle.of(Long.parseLong(
                                Files.readAllLines(file).getFirst().strip()))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }
}
