import io.perennial.shared.SecretText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * How fast events come in, against PostgreSQL alone with the very same rows, alternately in one run: batches of 100
 * against one COPY, single events against one-row inserts; then the wait for the acknowledgement at half the rate.
 * Arguments: data directory, address, then {@code --rounds N}, {@code --seconds N}, {@code --connections N},
 * {@code --singles N} connections for single events.
 */
public class MeasureIngest {

    private static final int BATCH = 100;
    private static final int SOURCES = 8;
    private static final int INSERTERS = 16;
    private static final int COPIED_ROWS = 150_000;
    private static final String COLUMNS =
            "received_on, received_at, source_id, message, kind, occurred_at, user_ref, anonymous_ref, account_ref, name, body";

    private final URI server;
    private final String url;
    private final ServerWork work;
    private final List<String> keys = new ArrayList<>();
    private final AtomicLong messages = new AtomicLong(1);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private MeasureIngest(Path data, URI server) throws IOException {
        this.server = server;
        this.url = Files.readString(data.resolve("connection")).strip();
        this.work = new ServerWork(data);
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "5"));
        int seconds = Integer.parseInt(options.getOrDefault("--seconds", "5"));
        int connections = Integer.parseInt(options.getOrDefault("--connections", "24"));
        int singles = Integer.parseInt(options.getOrDefault("--singles", "256"));
        new MeasureIngest(Path.of(arguments[0]), URI.create(arguments[1])).run(rounds, seconds, connections, singles);
    }

    private record Load(double perSecond, double generatorShare, double serverShare) {}

    private void run(int rounds, int seconds, int connections, int singles) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            Database database = new Database(connection);
            prepare(connection, database);
            long before = database.number("select count(*) from events.inbox");
            http(connections, BATCH, Math.max(10, seconds * 2)); // warm
            byte[] rows = copiedRows(connection, database);
            long copied = copy(connection, rows);
            System.out.printf("%d rows of %.0f bytes, %d connections, load %s%n", copied, rows.length / (double) copied, connections, Times.load());
            double[] ours = new double[rounds];
            double[] copies = new double[rounds];
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                Load load = http(connections, BATCH, seconds);
                ours[round] = load.perSecond();
                copies[round] = timedCopy(connection, database, rows, copied);
                ratios[round] = ours[round] / copies[round];
                System.out.printf("  batches %,9.0f/s   COPY %,9.0f/s   ratio %.2f   generator %.2f cores, server and PostgreSQL %.2f%n",
                        ours[round], copies[round], ratios[round], load.generatorShare(), load.serverShare());
            }
            verdict("batches of 100 / COPY of the same rows", ours, copies, ratios, .50, .75);
            double half = median(ours) / 2;

            http(singles, 1, seconds);
            insert(database, Math.max(2, seconds / 2));
            double[] single = new double[rounds];
            double[] inserts = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                Load load = http(singles, 1, seconds);
                single[round] = load.perSecond();
                inserts[round] = insert(database, seconds);
                ratios[round] = single[round] / inserts[round];
                System.out.printf("  single %,9.0f/s by %d connections   inserts %,9.0f/s by %d   ratio %.2f   generator %.2f cores, server and PostgreSQL %.2f%n",
                        single[round], singles, inserts[round], INSERTERS, ratios[round], load.generatorShare(), load.serverShare());
            }
            verdict("single events / one-row inserts", single, inserts, ratios, .4, .8);
            acknowledgement(half, Math.max(10, seconds * 2));

            long stored = database.number("select count(*) from events.inbox") - before;
            long distinct = database.number("select count(distinct message) from events.inbox where source_id in (select id from events.source where name like 'ingest %')");
            long counted = database.number("select coalesce(sum(accepted), 0) from events.source_hour where source_id in (select id from events.source where name like 'ingest %')");
            boolean right = stored >= acknowledged.get() && failed.get() == 0 && distinct >= acknowledged.get() && counted >= acknowledged.get();
            System.out.printf("%,d events acknowledged, %,d new rows, %,d failed answers: %s%n", acknowledged.get(), stored, failed.get(),
                    right ? "all there" : "WRONG");
            database.run("drop schema bench cascade");
            if (!right) {
                System.exit(1);
            }
        }
    }

    private void prepare(Connection connection, Database database) throws SQLException {
        database.run("drop schema if exists bench cascade");
        database.run("create schema bench");
        database.run("create table bench.copied (like events.inbox including defaults)");
        database.run("create table bench.inserted (like events.inbox including defaults, primary key (source_id, message))");
        database.run("delete from events.source where name like 'ingest %'");
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into events.source (name, key_hash, key_shown, created_at, created_by) values (?, ?, ?, ?, 'bench')")) {
            for (int i = 0; i < SOURCES; i++) {
                SecretText text = new SecretText("wk_");
                String key = text.fresh();
                insert.setString(1, "ingest " + i + " " + System.currentTimeMillis());
                insert.setBytes(2, SecretText.hash(key));
                insert.setString(3, text.shown(key));
                insert.setTimestamp(4, Timestamp.from(Instant.now()));
                insert.executeUpdate();
                keys.add(key);
            }
        }
    }

    /** Closed loop: each connection sends as soon as it was answered. */
    private Load http(int connections, int events, int seconds) throws Exception {
        double generator = cpu();
        double servers = work.spent();
        long started = System.nanoTime();
        long until = started + TimeUnit.SECONDS.toNanos(seconds);
        AtomicLong taken = new AtomicLong();
        inParallel(connections, number -> {
            try (EventSender sender = new EventSender(server, keys.get(number % SOURCES), events, ids())) {
                while (System.nanoTime() < until) {
                    if (sender.send() == 200) {
                        taken.addAndGet(events);
                    } else {
                        failed.incrementAndGet();
                    }
                }
            }
        });
        acknowledged.addAndGet(taken.get());
        double ms = (System.nanoTime() - started) / 1e6;
        return new Load(taken.get() / ms * 1_000, (cpu() - generator) / ms, (work.spent() - servers) / ms);
    }

    /** Open loop: sent when it is due, and waited for since then, however late the generator is. */
    private void acknowledgement(double eventsPerSecond, int seconds) throws Exception {
        int connections = 64;
        double between = connections * BATCH / eventsPerSecond * 1e9;
        int each = (int) (seconds * 1e9 / between);
        double[] waits = new double[connections * each];
        long started = System.nanoTime() + 100_000_000;
        inParallel(connections, number -> {
            try (EventSender sender = new EventSender(server, keys.get(number % SOURCES), BATCH, ids())) {
                for (int i = 0; i < each; i++) {
                    long due = started + (long) (between * (i + number / (double) connections));
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                    if (sender.send() == 200) {
                        acknowledged.addAndGet(BATCH);
                    } else {
                        failed.incrementAndGet();
                    }
                    waits[number * each + i] = (System.nanoTime() - due) / 1e6;
                }
            }
        });
        Times times = Times.of(waits, 0);
        System.out.printf("acknowledgement at half the maximum (%,.0f events/s, batches of 100, %d requests): p50 %.1f ms, p95 %.1f, p99 %.1f, worst %.1f   floor 100, goal 25: %s%n",
                eventsPerSecond, waits.length, times.at(.5), times.at(.95), times.at(.99), times.at(1),
                times.at(.99) < 25 ? "goal met" : times.at(.99) < 100 ? "floor met" : "MISSED");
    }

    private byte[] copiedRows(Connection connection, Database database) throws SQLException, IOException {
        long last = database.number("select max(seq) from events.inbox");
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(
                "copy (select %s from events.inbox where seq > %d order by seq) to stdout (format binary)".formatted(COLUMNS, last - COPIED_ROWS), rows);
        return rows.toByteArray();
    }

    private static long copy(Connection connection, byte[] rows) throws SQLException, IOException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                "copy bench.copied (" + COLUMNS + ") from stdin (format binary)", new ByteArrayInputStream(rows), 64 * 1024);
    }

    private static double timedCopy(Connection connection, Database database, byte[] rows, long count) throws SQLException, IOException {
        double best = 0;
        for (int i = 0; i < 2; i++) {
            database.run("truncate bench.copied");
            long started = System.nanoTime();
            copy(connection, rows);
            best = Math.max(best, count / ((System.nanoTime() - started) / 1e9));
        }
        return best;
    }

    /** What pgbench does with a one-row insert: 16 clients, a transaction each, prepared statements. */
    private double insert(Database database, int seconds) throws Exception {
        database.run("truncate bench.inserted");
        long started = System.nanoTime();
        long until = started + TimeUnit.SECONDS.toNanos(seconds);
        AtomicLong inserted = new AtomicLong();
        inParallel(INSERTERS, number -> {
            try (Connection own = DriverManager.getConnection(url + (url.contains("?") ? "&" : "?") + "prepareThreshold=1");
                    PreparedStatement insert = own.prepareStatement("insert into bench.inserted (" + COLUMNS
                            + ") values ('2026-11-22', now(), ?, gen_random_uuid(), 1, now(), ?, null, ?, ?, ?)")) {
                String body = "x".repeat(400);
                while (System.nanoTime() < until) {
                    insert.setInt(1, number);
                    insert.setString(2, "user-00017");
                    insert.setString(3, "account-0017");
                    insert.setString(4, "Report opened");
                    insert.setString(5, body);
                    insert.executeUpdate();
                    inserted.incrementAndGet();
                }
            }
        });
        return inserted.get() / ((System.nanoTime() - started) / 1e9);
    }

    private long ids() {
        return messages.getAndAdd(100_000_000);
    }

    private interface Work {
        void by(int number) throws Exception;
    }

    private static void inParallel(int many, Work work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int number = i;
                tasks.add(() -> {
                    work.by(number);
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }

    /** Milliseconds of this process. */
    private static double cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void verdict(String what, double[] ours, double[] anchor, double[] ratios, double floor, double goal) {
        double spread = Arrays.stream(anchor).max().orElseThrow() / Arrays.stream(anchor).min().orElseThrow();
        double ratio = median(ratios);
        String verdict = spread > 2 ? "no verdict, the anchor's own spread is " + "%.1f".formatted(spread)
                : ratio >= goal ? "goal met" : ratio >= floor ? "floor met" : "MISSED";
        System.out.printf("%s: %,.0f/s (%,.0f to %,.0f) / %,.0f/s (%,.0f to %,.0f) = %.2f   floor %.2f, goal %.2f: %s, load %s%n", what,
                median(ours), Arrays.stream(ours).min().orElseThrow(), Arrays.stream(ours).max().orElseThrow(),
                median(anchor), Arrays.stream(anchor).min().orElseThrow(), Arrays.stream(anchor).max().orElseThrow(),
                ratio, floor, goal, verdict, Times.load());
    }
}
