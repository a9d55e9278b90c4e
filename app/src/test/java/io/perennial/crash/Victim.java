package io.perennial.crash;

import io.perennial.platform.database.PreparedCluster;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The product as an operator runs it, in a process of its own on a data directory of its own, always at one address. */
final class Victim implements AutoCloseable {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String CLASSES = System.getProperty("java.class.path");

    /** Where {@code bin/perennial build} put the product; without it the classes of this build run. */
    private static final @Nullable String BUILT = System.getProperty("perennial.crash.product");

    private final FastClock clock;
    private final Path data;
    private final Path logs;
    private final int port;
    private final @Nullable String external;
    private final List<String> settings = new ArrayList<>();
    private @Nullable Process process;
    private int starts;
    private long killedPostmaster;

    Victim(Path directory, FastClock clock) throws IOException {
        this(directory.resolve("data"), directory.resolve("logs"), clock, null);
        PreparedCluster.layInto(data);
    }

    /**
     * @param logs of its processes, which the test wants to read whatever becomes of the data
     * @param external address of a PostgreSQL that the test runs; without it the product runs its own
     */
    Victim(Path data, Path logs, FastClock clock, @Nullable String external) throws IOException {
        this.clock = clock;
        this.external = external;
        this.data = Files.createDirectories(data);
        this.logs = Files.createDirectories(logs);
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Of every start from now on. */
    Victim with(String... more) {
        settings.addAll(List.of(more));
        return this;
    }

    /** Starts the process and does not wait. */
    void launch() throws IOException {
        starts++;
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx320m",
                "--enable-native-access=ALL-UNNAMED",
                clock.argument()));
        if (BUILT == null) {
            command.addAll(List.of("-cp", CLASSES));
        } else {
            command.addAll(List.of(
                    "-XX:AOTCache=perennial.aot",
                    "-Xlog:aot=off",
                    "-Xlog:cds=off",
                    "-cp",
                    "perennial-exec.jar" + File.pathSeparator + onlyTheClock()));
        }
        command.addAll(List.of(FastServer.class.getName(), "--server.port=" + port, "--perennial.data=" + data));
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command);
        if (external != null) {
            builder.environment().put("PERENNIAL_DATABASE_URL", external);
        }
        process = builder.directory(BUILT == null ? null : new File(BUILT))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private Path onlyTheClock() throws IOException {
        Path beside = Files.createDirectories(data.resolveSibling("beside"));
        for (Class<?> type : List.of(FastServer.class, FastClock.class)) {
            String name = type.getName().replace('.', '/') + ".class";
            Path copy = beside.resolve(name);
            if (!Files.exists(copy)) {
                Files.createDirectories(copy.getParent());
                try (InputStream code =
                        Objects.requireNonNull(type.getClassLoader().getResourceAsStream(name))) {
                    Files.copy(code, copy);
                }
            }
        }
        return beside;
    }

    private Path log() {
        return logs.resolve("server-" + starts + ".log");
    }

    /** Whether the process lives and has said that it is ready. */
    boolean ready() throws IOException {
        Process running = process;
        if (running == null || !running.isAlive()) {
            throw new AssertionError("The server does not run: " + Files.readString(log()));
        }
        return Files.readString(log()).contains("Perennial is ready: ");
    }

    int starts() {
        return starts;
    }

    void killJvm() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** Its children notice and go; the product starts it again. */
    void killPostmaster() throws IOException {
        Optional<ProcessHandle> postmaster = postmaster();
        killedPostmaster = postmaster.map(ProcessHandle::pid).orElse(0L);
        postmaster.ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Sends a signal to PostgreSQL's first process. */
    void tellPostmaster(String signal) throws IOException, InterruptedException {
        Root.must("kill", "-" + signal, Long.toString(postmaster().orElseThrow().pid()));
    }

    /** Sends a signal to all of PostgreSQL's processes. */
    void tellPostgres(String signal) throws IOException, InterruptedException {
        ProcessHandle postmaster = postmaster().orElseThrow();
        for (ProcessHandle process : postmaster.descendants().toList()) {
            Root.tell("kill", "-" + signal, Long.toString(process.pid())); // Some of them come and go.
        }
        tellPostmaster(signal);
    }

    /** Whether a postmaster lives that was not killed. */
    boolean postmasterLives() throws IOException {
        return postmaster().filter(alive -> alive.pid() != killedPostmaster).isPresent();
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

    /** JVM and PostgreSQL at once; returns when neither is left. */
    void killEverything() throws IOException, InterruptedException {
        Optional<ProcessHandle> postmaster = postmaster();
        killJvm();
        killPostmaster();
        while (postmaster.filter(ProcessHandle::isAlive).isPresent()) {
            Thread.sleep(50);
        }
    }

    /** What all starts said. */
    String said() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= starts; i++) {
            all.append(Files.readString(logs.resolve("server-" + i + ".log")));
        }
        return all.toString();
    }

    Path data() {
        return data;
    }

    /** As {@code bin/perennial source create}. */
    String createSource(String name) throws IOException, InterruptedException {
        return tool("io.perennial.events.SourceCommand", "create", name);
    }

    /** As {@code bin/perennial key create}, for files. */
    String createImportKey() throws IOException, InterruptedException {
        return tool("io.perennial.identity.KeyCommand", "create", "files", "--scope", "import");
    }

    /** As {@code bin/perennial key create}. */
    String createKey(String scope) throws IOException, InterruptedException {
        return tool("io.perennial.identity.KeyCommand", "create", "program", "--scope", scope);
    }

    private String tool(String command, String... arguments) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-cp", CLASSES, command, database()));
        line.addAll(List.of(arguments));
        Path problems = logs.resolve("tool.log");
        Process tool = new ProcessBuilder(line).redirectError(problems.toFile()).start();
        String key = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (tool.waitFor() != 0) {
            throw new AssertionError("No key was made: " + Files.readString(problems));
        }
        return key;
    }

    /** Whether everything that was acknowledged has been read as well. */
    boolean hasReadAll() throws SQLException, IOException {
        try (Connection database = connect();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("""
                        select coalesce((select seq from events.cursor where reader = 'use'), 0)
                            >= coalesce((select max(seq) from events.inbox), 0)
                        """)) {
            return row.next() && row.getBoolean(1);
        }
    }

    Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(database());
    }

    private String database() throws IOException {
        return external == null ? Files.readString(data.resolve("connection")) : external;
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
