package io.perennial.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The product as an operator runs it, in a process of its own on a data directory of its own. */
final class Victim implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Pattern READY = Pattern.compile("Perennial is ready: (http://\\S+)");

    private final Path data;
    private final Path logs;
    private @Nullable Process process;
    private int starts;

    Victim(Path directory) throws IOException {
        this.data = Files.createDirectories(directory.resolve("data"));
        this.logs = Files.createDirectories(directory.resolve("logs"));
    }

    Path data() {
        return data;
    }

    /** @return the address it serves at */
    String start() throws IOException, InterruptedException {
        Path log = logs.resolve("server-" + ++starts + ".log");
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.perennial.Perennial",
                        "--server.port=0",
                        "--perennial.data=" + data)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process = started;
        long until = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < until && started.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                return ready.group(1);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("The server did not start: " + Files.readString(log));
    }

    void killJvm() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** Its children notice and go; the product starts it again. */
    void killPostmaster() throws IOException {
        postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Whether the database answers. */
    boolean serves() {
        try (Connection database = connect()) {
            return database.isValid(1);
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(Files.readString(data.resolve("connection")));
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        Path file = data.resolve("postgres").resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(file);
        return lines.isEmpty() || lines.getFirst().isBlank()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
    }

    @Override
    public void close() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        }
    }
}
