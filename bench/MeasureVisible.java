import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * From the first byte sent until the rollup shows it, against one COPY of the same rows (see {@link InboxCopy}); then the wait from the
 * acknowledgement to the rollup at 5,000 events a second. A rollup shows what it counts in the transaction that moves the
 * reader's cursor, so the cursor is what is watched. Arguments: data directory, address, then {@code --rounds N},
 * {@code --seconds N}, {@code --connections N}.
 */
public class MeasureVisible {

    private static final int BATCH = 100;
    private static final int STEADY = 5_000;
    private static final int STEADY_CONNECTIONS = 16;
    private static final int LOOK_EVERY_MS = 5;

    private final String url;
    private final EventLoad load;
    private final Database database;
    private final InboxCopy copy;

    private MeasureVisible(String url, EventLoad load, Connection connection) throws Exception {
        this.url = url;
        this.load = load;
        this.database = new Database(connection);
        this.copy = new InboxCopy(connection);
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "5"));
        int seconds = Integer.parseInt(options.getOrDefault("--seconds", "10"));
        int connections = Integer.parseInt(options.getOrDefault("--connections", "24"));
        Path data = Path.of(arguments[0]);
        String url = Files.readString(data.resolve("connection")).strip();
        try (Connection connection = DriverManager.getConnection(url)) {
            EventLoad load = new EventLoad(URI.create(arguments[1]), new ServerWork(data), connection);
            MeasureVisible measure = new MeasureVisible(url, load, connection);
            measure.warm();
            measure.throughput(rounds, seconds, connections);
            measure.delay(Math.max(15, seconds));
            measure.database.run("drop schema bench cascade");
        }
    }

    private void warm() throws Exception {
        load.closed(8, BATCH, 5);
        load.caughtUp();
        long counted = database.number("select coalesce(sum(events), 0) from usage.daily where source_ref like 'source:%'");
        if (counted == 0) {
            throw new IllegalStateException("Nothing was counted: is the reader on?");
        }
        copy.takeRows();
    }

    private void throughput(int rounds, int seconds, int connections) throws Exception {
        double[] ours = new double[rounds];
        double[] plain = new double[rounds];
        double[] bare = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long started = System.nanoTime();
            EventLoad.Result sent = load.closed(connections, BATCH, seconds);
            long behind = database.number("select (select max(seq) from events.inbox) - (select seq from events.cursor where reader = 'use')");
            load.caughtUp();
            ours[round] = sent.events() / ((System.nanoTime() - started) / 1e9);
            InboxCopy.Speeds copied = copy.perSecond();
            plain[round] = copied.plain();
            bare[round] = copied.bare();
            System.out.printf("  until the rollup shows %,8.0f/s   COPY %,9.0f/s plain, %,9.0f/s bare   ratio %.2f, %.2f   came in at %,.0f/s, %,d behind when the last was thanked%n",
                    ours[round], plain[round], bare[round], ours[round] / plain[round], ours[round] / bare[round], sent.perSecond(), behind);
        }
        Verdict.print("end to end / plain COPY of the same rows", ours, plain, .15, .30);
        Verdict.print("end to end / bare binary COPY of them", ours, bare, .15, .30);
    }

    private void delay(int seconds) throws Exception {
        TreeMap<Long, Long> shownAt = new TreeMap<>(); // by number in the inbox
        long first = database.number("select max(seq) from events.inbox");
        List<EventLoad.Sent> sent;
        try (Connection other = DriverManager.getConnection(url)) {
            Database looking = new Database(other);
            boolean[] over = {false};
            Thread watcher = Thread.ofPlatform().start(() -> watch(looking, shownAt, over));
            sent = load.steady(STEADY, BATCH, STEADY_CONNECTIONS, seconds);
            load.caughtUp();
            TimeUnit.MILLISECONDS.sleep(200);
            over[0] = true;
            watcher.join();
        }
        Map<Long, Long> places = new HashMap<>();
        for (String row : database.rows("select (body::json ->> 'messageId')::bigint, seq from events.inbox where seq > " + first)) {
            String[] columns = row.split("\t", -1);
            places.put(Long.valueOf(columns[0]), Long.valueOf(columns[1]));
        }
        List<Double> waits = new ArrayList<>();
        for (EventLoad.Sent one : sent) {
            long place = places.get(one.lastMessage());
            waits.add(Math.max(0, (shownAt.ceilingEntry(place).getValue() - one.answeredAt()) / 1e6));
        }
        Times times = Times.of(waits.stream().mapToDouble(Double::doubleValue).toArray(), 0);
        System.out.printf("acknowledged to visible at %,d events/s (%d requests): p50 %.0f ms, p95 %.0f, p99 %.0f, worst %.0f   floor 2000, goal 500: %s, load %s%n",
                STEADY, sent.size(), times.at(.5), times.at(.95), times.at(.99), times.at(1),
                times.at(.99) < 500 ? "goal met" : times.at(.99) < 2_000 ? "floor met" : "MISSED", Times.load());
    }

    private static void watch(Database looking, TreeMap<Long, Long> shownAt, boolean[] over) {
        try {
            while (!over[0]) {
                long seq = looking.number("select seq from events.cursor where reader = 'use'");
                shownAt.putIfAbsent(seq, System.nanoTime());
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
