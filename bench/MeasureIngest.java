import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast events come in, against PostgreSQL alone with the very same rows, alternately in one run: batches of 100
 * against one COPY (see {@link InboxCopy}), single events against one-row inserts; then the wait for the acknowledgement
 * at half the rate. Arguments: data directory, address, then {@code --rounds N}, {@code --seconds N},
 * {@code --connections N,N...} (each number is tried, the fastest is measured), {@code --singles N} connections for
 * single events, 0 for none.
 */
public class MeasureIngest {

    private static final int BATCH = 100;
    private static final int INSERTERS = 16;

    private final String url;
    private final EventLoad load;
    private final Connection connection;

    private MeasureIngest(String url, EventLoad load, Connection connection) {
        this.url = url;
        this.load = load;
        this.connection = connection;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "5"));
        int seconds = Integer.parseInt(options.getOrDefault("--seconds", "5"));
        int[] connections = Arrays.stream(options.getOrDefault("--connections", "24,48,96,160").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        int singles = Integer.parseInt(options.getOrDefault("--singles", "256"));
        double only = Double.parseDouble(options.getOrDefault("--acknowledgement", "0"));
        Path data = Path.of(arguments[0]);
        String url = Files.readString(data.resolve("connection")).strip();
        try (Connection connection = DriverManager.getConnection(url)) {
            EventLoad load = new EventLoad(URI.create(arguments[1]), new ServerWork(data), connection);
            MeasureIngest measure = new MeasureIngest(url, load, connection);
            if (only > 0) {
                load.closed(connections[0], BATCH, Math.max(10, seconds * 2)); // warm
                for (int round = 0; round < rounds; round++) {
                    measure.acknowledgement(only, Math.max(10, seconds * 2));
                }
            } else {
                measure.run(rounds, seconds, connections, singles);
            }
        }
    }

    private void run(int rounds, int seconds, int[] choices, int singles) throws Exception {
        Database database = new Database(connection);
        InboxCopy copy = new InboxCopy(connection);
        database.run("create table bench.inserted (like events.inbox including defaults, primary key (source_id, message))");
        long before = database.number("select count(*) from events.inbox");
        load.closed(choices[0], BATCH, Math.max(10, seconds * 2)); // warm
        int connections = fastest(choices, seconds);
        load.caughtUp();
        copy.takeRows();
        double[] ours = new double[rounds];
        double[] plain = new double[rounds];
        double[] bare = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            EventLoad.Result sent = load.closed(connections, BATCH, seconds);
            load.caughtUp(); // PostgreSQL alone has both cores, too
            InboxCopy.Speeds copied = copy.perSecond();
            ours[round] = sent.perSecond();
            plain[round] = copied.plain();
            bare[round] = copied.bare();
            System.out.printf("  batches %,9.0f/s by %d connections   COPY %,9.0f/s plain, %,9.0f/s bare   ratio %.2f, %.2f   generator %.2f cores, server and PostgreSQL %.2f%n",
                    ours[round], connections, plain[round], bare[round], ours[round] / plain[round], ours[round] / bare[round],
                    sent.generatorShare(), sent.serverShare());
        }
        Verdict.print("batches of 100 / plain COPY of the same rows", ours, plain, .50, .75);
        Verdict.print("batches of 100 / bare binary COPY of them", ours, bare, .50, .75);
        double half = Verdict.median(ours) / 2;
        if (singles > 0) {
            singles(database, rounds, seconds, singles);
        }
        acknowledgement(half, Math.max(10, seconds * 2));
        check(database, database.number("select count(*) from events.inbox") - before);
    }

    /** A closed loop with few connections leaves the server waiting for the generator. */
    private int fastest(int[] choices, int seconds) throws Exception {
        int fastest = choices[0];
        double best = 0;
        for (int connections : choices) {
            EventLoad.Result sent = load.closed(connections, BATCH, seconds);
            System.out.printf("  %d connections: %,.0f/s, generator %.2f cores, server and PostgreSQL %.2f%n",
                    connections, sent.perSecond(), sent.generatorShare(), sent.serverShare());
            if (sent.perSecond() > best) {
                best = sent.perSecond();
                fastest = connections;
            }
        }
        return fastest;
    }

    private void singles(Database database, int rounds, int seconds, int singles) throws Exception {
        double[] ours = new double[rounds];
        double[] anchor = new double[rounds];
        load.closed(singles, 1, seconds);
        insert(database, Math.max(2, seconds / 2));
        for (int round = 0; round < rounds; round++) {
            EventLoad.Result sent = load.closed(singles, 1, seconds);
            ours[round] = sent.perSecond();
            anchor[round] = insert(database, seconds);
            System.out.printf("  single %,9.0f/s by %d connections   inserts %,9.0f/s by %d   ratio %.2f   generator %.2f cores, server and PostgreSQL %.2f%n",
                    ours[round], singles, anchor[round], INSERTERS, ours[round] / anchor[round], sent.generatorShare(), sent.serverShare());
        }
        Verdict.print("single events / one-row inserts", ours, anchor, .4, .8);
    }

    private void acknowledgement(double eventsPerSecond, int seconds) throws Exception {
        settle(eventsPerSecond, seconds);
        load.caughtUp();
        List<EventLoad.Sent> sent = load.steady(eventsPerSecond, BATCH, 64, seconds);
        Times times = Times.of(sent.stream().mapToDouble(EventLoad.Sent::waited).toArray(), 0);
        System.out.printf("acknowledgement at half the maximum (%,.0f events/s, batches of 100, %d requests): p50 %.1f ms, p95 %.1f, p99 %.1f, worst %.1f   floor 100, goal 25: %s%n",
                eventsPerSecond, sent.size(), times.at(.5), times.at(.95), times.at(.99), times.at(1),
                times.at(.99) < 25 ? "goal met" : times.at(.99) < 100 ? "floor met" : "MISSED");
        stalls(sent);
    }

    /**
     * A new cluster makes the files of its log while it writes them, 16 MB at a time, and every commit waits for each; once
     * round, it takes old ones again. So the measurement waits for that, and for the compilers.
     */
    private void settle(double eventsPerSecond, int seconds) throws Exception {
        Database database = new Database(connection);
        int rounds = 0;
        do {
            load.steady(eventsPerSecond, BATCH, 64, seconds);
            load.caughtUp();
        } while (++rounds < 12 && database.number("select (select wal_bytes from pg_stat_wal) - 1.2 * 1048576 * setting::bigint from pg_settings where name = 'max_wal_size'") < 0);
    }

    /** When answers were late: a limit reads as few long stalls or as a wait that is there all the time. */
    private static void stalls(List<EventLoad.Sent> sent) {
        long from = sent.stream().mapToLong(EventLoad.Sent::answeredAt).min().orElse(0);
        Map<Long, Double> worst = new TreeMap<>();
        sent.forEach(one -> worst.merge((one.answeredAt() - from) / 250_000_000, one.waited(), Math::max));
        System.out.println("  worst of each quarter of a second over 50 ms: "
                + worst.entrySet().stream()
                        .filter(quarter -> quarter.getValue() > 50)
                        .map(quarter -> "%.2f s %.0f".formatted(quarter.getKey() / 4.0, quarter.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private void check(Database database, long stored) throws Exception {
        String ours = "source_id in (select id from events.source where name like 'ingest %')";
        long distinct = database.number("select count(distinct message) from events.inbox where " + ours);
        long counted = database.number("select coalesce(sum(accepted), 0) from events.source_hour where " + ours);
        boolean right = load.failed() == 0 && Math.min(stored, Math.min(distinct, counted)) >= load.acknowledged();
        System.out.printf("%,d events acknowledged, %,d new rows, %,d failed answers: %s%n", load.acknowledged(), stored, load.failed(),
                right ? "all there" : "WRONG");
        database.run("drop schema bench cascade");
        if (!right) {
            System.exit(1);
        }
    }

    /** What pgbench does with a one-row insert: 16 clients, a transaction each, prepared statements. */
    private double insert(Database database, int seconds) throws Exception {
        database.run("truncate bench.inserted");
        long started = System.nanoTime();
        long until = started + TimeUnit.SECONDS.toNanos(seconds);
        AtomicLong inserted = new AtomicLong();
        EventLoad.inParallel(INSERTERS, number -> {
            try (Connection own = DriverManager.getConnection(url + (url.contains("?") ? "&" : "?") + "prepareThreshold=1");
                    PreparedStatement insert = own.prepareStatement("insert into bench.inserted (" + InboxCopy.COLUMNS
                            + ") values (current_date, now(), ?, gen_random_uuid(), 1, now(), ?, null, ?, ?, ?)")) {
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
}
