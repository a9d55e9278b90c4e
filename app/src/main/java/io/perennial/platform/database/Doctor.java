package io.perennial.platform.database;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Says what is wrong with a machine, a configuration or a database in plain words. Changes nothing. Started by {@code
 * bin/perennial doctor}; ends with status 1 when something keeps Perennial from starting.
 */
public final class Doctor {

    private static final int OLDEST_POSTGRESQL = 15;
    private static final int CONNECT_SECONDS = 5;
    private static final long ENOUGH_DISK = 2L << 30;
    private static final long ENOUGH_MEMORY = 1L << 30;

    private final List<String> problems = new ArrayList<>();
    private final PrintStream out;

    private Doctor(PrintStream out) {
        this.out = out;
    }

    /** @param arguments port and data directory */
    public static void main(String[] arguments) {
        System.exit(examine(
                System.out,
                Integer.parseInt(arguments[0]),
                Path.of(arguments[1]),
                System.getenv("PERENNIAL_DATABASE_URL")));
    }

    /** @return 0 when Perennial can start, else 1 */
    static int examine(PrintStream out, int port, Path data, @Nullable String databaseUrl) {
        Doctor doctor = new Doctor(out);
        doctor.java();
        doctor.memory();
        doctor.port(port);
        doctor.directory(data);
        if (databaseUrl == null || databaseUrl.isBlank()) {
            doctor.embedded(data);
        } else {
            doctor.external(databaseUrl);
        }
        out.println();
        if (doctor.problems.isEmpty()) {
            out.println("Nothing keeps Perennial from starting.");
            return 0;
        }
        out.println(doctor.problems.size() + " thing(s) to mend:");
        doctor.problems.forEach(problem -> out.println("  - " + problem));
        return 1;
    }

    private void java() {
        int version = Runtime.version().feature();
        report(version >= 25, "Java " + version, "Perennial needs JDK 25 or newer; this is Java " + version + ".");
    }

    private void memory() {
        if (java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean machine) {
            long bytes = machine.getTotalMemorySize();
            report(
                    bytes >= ENOUGH_MEMORY,
                    "memory " + gigabytes(bytes),
                    "The machine has " + gigabytes(bytes) + " of memory; Perennial and its database want "
                            + gigabytes(ENOUGH_MEMORY) + ".");
        }
    }

    private void port(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
            report(true, "port " + socket.getLocalPort() + " is free", "");
        } catch (IOException e) {
            report(
                    false,
                    "port " + port,
                    "Port " + port + " is taken by another program. Stop it, or start Perennial with --port and"
                            + " another number. (If Perennial runs already, this is it.)");
        }
    }

    private void directory(Path data) {
        try {
            Path place = data.toAbsolutePath();
            while (!Files.exists(place) && place.getParent() != null) {
                place = place.getParent();
            }
            report(
                    Files.isWritable(place),
                    "data directory " + data,
                    "The data directory " + data + " cannot be written by this user. Change its owner or use --data.");
            DiskRoom room = DiskRoom.under(data);
            long free = room.usable();
            report(
                    free >= ENOUGH_DISK,
                    "free disk space " + gigabytes(free),
                    "Only " + gigabytes(free) + " are free where " + data + " lies; keep at least "
                            + gigabytes(ENOUGH_DISK) + " free, or choose another disk with --data.");
            if (room.isLow()) {
                problems.add("The disk of " + data + " is " + room.used() * 100 / (room.used() + room.usable())
                        + " % full: usage events are refused (503) from " + DiskRoom.FULL_PERCENT
                        + " % or below " + DiskRoom.LEAST_FREE_MEGABYTES
                        + " MB on, until there is space again. Free some, or make the disk larger.");
            }
        } catch (IOException e) {
            report(false, "data directory " + data, "The data directory cannot be examined: " + e.getMessage());
        }
    }

    private void embedded(Path data) {
        boolean was = Files.exists(data.resolve("initialized"));
        boolean is = Files.exists(data.resolve("postgres/PG_VERSION"));
        report(
                !was || is,
                is ? "embedded database in " + data.resolve("postgres") : "no database yet; the first start makes one",
                "There was a database in " + data.resolve("postgres")
                        + " and it is gone. Is a disk not mounted? Restore the directory or a backup.");
        Path connection = data.resolve("connection");
        if (Files.exists(connection)) {
            try {
                settings(Files.readString(connection).strip(), "embedded database");
            } catch (IOException e) {
                report(false, "running database", "Cannot read " + connection + ": " + e.getMessage());
            }
        }
    }

    private void external(String url) {
        if (!url.matches("(jdbc:)?postgres(ql)?://.+")) {
            report(
                    false,
                    "PERENNIAL_DATABASE_URL",
                    "PERENNIAL_DATABASE_URL does not look like postgresql://user:password@host:5432/database.");
            return;
        }
        settings(DatabaseConfiguration.jdbc(url), "external database");
    }

    private void settings(String jdbcUrl, String which) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(jdbcUrl);
        database.setConnectTimeout(CONNECT_SECONDS);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            report(
                    version >= OLDEST_POSTGRESQL,
                    which + ": PostgreSQL " + version,
                    "PostgreSQL " + version + " is too old; Perennial needs " + OLDEST_POSTGRESQL + " or newer.");
            try (ResultSet trigrams =
                    statement.executeQuery("select 1 from pg_available_extensions where name = 'pg_trgm'")) {
                report(
                        trigrams.next(),
                        which + ": extension pg_trgm",
                        "The extension pg_trgm is missing (Debian: apt-get install postgresql-contrib).");
            }
            Durability.require(database);
            report(true, which + ": durable settings", "");
            Durability.advice(database).ifPresent(advice -> out.println("  note  " + advice));
        } catch (CannotStart e) {
            report(false, which + ": durable settings", String.valueOf(e.getMessage()));
        } catch (SQLException | RuntimeException e) {
            report(
                    false,
                    which,
                    "The " + which + " does not answer: " + firstLine(e)
                            + ". Check host, port, user and password, and that PostgreSQL runs.");
        }
    }

    private static String firstLine(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private void report(boolean good, String what, String problem) {
        out.println((good ? "  ok    " : "  WRONG ") + what);
        if (!good) {
            problems.add(problem);
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
    }
}
