package io.perennial.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL in the data directory, started and stopped with the application and started again when it dies. The
 * library beneath was made for tests, so everything that makes it keep data is said explicitly: durable settings,
 * checksums, a password, loopback only.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    /** So long it may be gone in the beginning; a recovery that is under way may take whatever it takes. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /** One try: pg_ctl does not say that it failed, so after silence for this long we look whether anything works at all. */
    private static final Duration TRY_LIMIT = Duration.ofSeconds(8);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final String USER = "postgres";
    private static final String LIBRARY_LOCK = "epg-lock";

    private final DataDirectory data;
    private volatile EmbeddedPostgres postgres;
    private volatile boolean closing;

    private EmbeddedDatabase(DataDirectory data, EmbeddedPostgres postgres) {
        this.data = data;
        this.postgres = postgres;
    }

    static EmbeddedDatabase start(Path root) {
        return start(root, TRY_LIMIT);
    }

    /** @param patience with one try */
    static EmbeddedDatabase start(Path root, Duration patience) {
        DataDirectory data = DataDirectory.open(root);
        try {
            data.requireClusterWhereOneWas();
            stopLeftOver(data.cluster());
            data.setAsideWhatWasNeverFinished();
            boolean fresh = !Files.exists(data.cluster().resolve("PG_VERSION"));
            EmbeddedPostgres postgres = launchWithRetries(data, patience);
            if (fresh) {
                protect(data, postgres);
            }
            data.markInitialized();
            EmbeddedDatabase database = new EmbeddedDatabase(data, postgres);
            data.writePrivately("connection", database.jdbcUrl());
            database.watch(postgres);
            return database;
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=" + USER + "&password="
                + data.password();
    }

    /**
     * After kill -9 of the JVM its PostgreSQL lives on. It is recognised by its data directory, never by name, and
     * stopped in order, which makes it write everything out.
     */
    private static void stopLeftOver(Path cluster) {
        Postmaster.of(cluster).ifPresent(process -> {
            log.warn("PostgreSQL process {} of an earlier run still works in {}; stopping it.", process.pid(), cluster);
            process.destroy();
            long until = System.nanoTime() + STOP_LIMIT.toNanos();
            while (process.isAlive() && System.nanoTime() < until) {
                pause();
            }
            if (process.isAlive()) {
                throw new CannotStart("A PostgreSQL of an earlier run (process " + process.pid() + ") still works in "
                        + cluster + " and did not stop within " + STOP_LIMIT.toSeconds()
                        + " seconds. Stop it with: kill -INT " + process.pid());
            }
        });
    }

    /**
     * After kill -9 of the postmaster alone its children need a moment to go; until then a start is refused. After a power cut
     * or a kill under load PostgreSQL first brings its tables up to its log, which can be gigabytes, and answers nobody until
     * then: it is asked on the port that it has, and no other is started beside it.
     */
    private static EmbeddedPostgres launchWithRetries(DataDirectory data, Duration patience) {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        int port = freePort();
        while (true) {
            try {
                return launch(data, port, patience);
            } catch (IOException | IllegalStateException e) {
                if (Postmaster.of(data.cluster()).isPresent()) {
                    port = Postmaster.port(data.cluster()).orElse(port);
                    log.warn(
                            "PostgreSQL recovers what had not been written into its tables yet. This can take minutes; please wait.");
                } else if (System.nanoTime() > until
                        || !Files.exists(data.cluster().resolve("PG_VERSION"))) {
                    throw new CannotStart("PostgreSQL does not start in " + data.cluster() + ": " + e.getMessage()
                            + ". Run bin/perennial doctor to see what is wrong.");
                } else {
                    log.warn("PostgreSQL did not start yet ({}); trying again.", e.getMessage());
                    port = freePort();
                }
                pause();
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStart("There is no free port for PostgreSQL on 127.0.0.1: " + e.getMessage());
        }
    }

    private static EmbeddedPostgres launch(DataDirectory data, int port, Duration patience) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data.cluster())
                .setOverrideWorkingDirectory(binaries().toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(patience)
                .setPort(port)
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setConnectConfig("password", data.password())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "64")
                .setServerConfig("shared_buffers", sharedBuffers() + "MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("random_page_cost", "1.1")
                .setServerConfig("timezone", "UTC");
        try {
            return builder.start();
        } catch (IOException | RuntimeException e) {
            // A try that failed keeps the library's lock for good, and every other would fail by it. Ours guards the
            // directory.
            Files.deleteIfExists(data.cluster().resolve(LIBRARY_LOCK));
            throw e;
        }
    }

    /** Megabytes: a thirty-second of the machine, touched only as far as there is data to fill it. */
    private static long sharedBuffers() {
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.clamp(machine.getTotalMemorySize() / 32 / (1024 * 1024), 128, 512);
    }

    /** One unpacked copy per operating system user: files of another user could not be written. */
    private static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "perennial-postgres-" + System.getProperty("user.name"));
    }

    /** The first start finds "trust" for everybody on this host; from then on the password is needed. */
    private static void protect(DataDirectory data, EmbeddedPostgres postgres) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // The password is 64 hexadecimal digits of our own making; ALTER USER takes no parameter.
            statement.execute("alter user " + USER + " password '" + data.password() + "'");
            Files.writeString(data.accessRules(), DataDirectory.ACCESS_RULES_MARK + """
                    : loopback only, with the password in ../postgres.password
                    host all all 127.0.0.1/32 scram-sha-256
                    """);
            OnDisk.force(data.accessRules());
            statement.execute("select pg_reload_conf()");
        } catch (SQLException | IOException e) {
            throw new CannotStart("The new database could not be protected with a password: " + e.getMessage());
        }
    }

    private void watch(EmbeddedPostgres watched) {
        Postmaster.of(data.cluster())
                .ifPresentOrElse(
                        postmaster -> Thread.ofVirtual().name("postgres-watch").start(() -> {
                            if (isGone(postmaster)) {
                                restart(watched.getPort());
                            }
                        }),
                        () -> log.warn("The PostgreSQL process was not found; it is not watched."));
    }

    /** Waits for its end. Looks itself, as the JDK looks at processes of others less and less often, in the end each 5 s. */
    private boolean isGone(ProcessHandle postmaster) {
        while (!closing && postmaster.isAlive()) {
            sleep(LOOK_EVERY);
        }
        return !closing;
    }

    /** Does not give up: what keeps PostgreSQL away, such as a full disk, may be mended hours later. */
    private void restart(int port) {
        log.error("PostgreSQL stopped unexpectedly; starting it again.");
        pause(); // its children need a moment to notice
        while (!startedAgain(port)) {
            pause();
        }
    }

    /** @return whether nothing is left to do */
    private synchronized boolean startedAgain(int port) {
        if (closing) {
            return true;
        }
        release(postgres);
        try {
            EmbeddedPostgres next = launch(data, port, TRY_LIMIT);
            postgres = next;
            watch(next);
            log.info("PostgreSQL is back.");
            return true;
        } catch (IOException | IllegalStateException e) {
            log.warn("PostgreSQL did not start yet ({}); trying again.", e.getMessage());
            return false;
        }
    }

    /** The library keeps a lock per instance, and lets go of it only by closing, dead or alive. */
    private static void release(EmbeddedPostgres dead) {
        try {
            dead.close();
        } catch (IOException e) {
            log.debug("The stopped PostgreSQL could not be closed in order.", e);
        }
    }

    private static void pause() {
        sleep(RETRY_PAUSE);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for PostgreSQL.");
        }
    }

    @Override
    public void close() {
        closing = true; // ends the tries to start it again, which hold the lock
        stop();
    }

    private synchronized void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            log.warn("PostgreSQL did not stop in order; it recovers at the next start.", e);
        } finally {
            data.delete("connection");
            data.close();
        }
    }
}
