import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Asks the pages people live in, 8 users at once and without pause, and prints p50, p95 and p99 beside the same figures
 * of the hand-written SQL behind them, run by 8 connections right after. Arguments: data directory, address, e-mail,
 * password, then {@code --only 'TEXT|TEXT'} for some kinds, {@code --pause MS} for people who read between two clicks,
 * {@code --requests N} of each user and kind, {@code --sql no} without the statements. CPU is what one request costs server and PostgreSQL together.
 */
public class MeasurePages {

    private static final int USERS = 8;
    private static final int WARM_UP = 25;
    private static final int STATEMENTS = 8;
    private static final double FLOOR = 100;

    private final List<Visitor> visitors = new ArrayList<>();
    private final String database;
    private final ServerWork work;
    private final long pause;
    private final int requests;
    private final boolean anchors;
    private int failures;

    private MeasurePages(String database, ServerWork work, long pause, int requests, boolean anchors) {
        this.database = database;
        this.work = work;
        this.pause = pause;
        this.requests = requests;
        this.anchors = anchors;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 4; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        String url = Files.readString(Path.of(arguments[0], "connection")).strip();
        MeasurePages measure = new MeasurePages(
                url,
                new ServerWork(Path.of(arguments[0])),
                Long.parseLong(options.getOrDefault("--pause", "0")),
                Integer.parseInt(options.getOrDefault("--requests", "60")),
                options.getOrDefault("--sql", "yes").equals("yes"));
        for (int user = 0; user < USERS; user++) {
            measure.visitors.add(Visitor.signedIn(arguments[1], arguments[2], arguments[3]));
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            List<PageKinds.Kind> kinds = PageKinds.of(new Database(connection));
            measure.all(kinds.stream()
                    .filter(kind -> Stream.of(options.getOrDefault("--only", "").split("\\|"))
                            .anyMatch(kind.name()::contains))
                    .toList());
        }
    }

    private void all(List<PageKinds.Kind> kinds) throws Exception {
        System.out.printf("%-40s %7s %7s %7s %6s %5s %5s | %7s %7s %6s | %s%n",
                USERS + " users at once, ms", "p50", "p95", "p99", "CPU", "kB", "load", "SQL p50", "SQL p95", "ratio", "p95 < 100 ms");
        for (PageKinds.Kind kind : kinds) {
            failures = 0;
            int[] size = {0};
            double before = work.spent();
            Times page = atOnce((user, i) -> {
                size[0] = visitors.get(user).look(kind.path().apply(i), kind.accept());
            }, WARM_UP, requests);
            double each = (work.spent() - before) / (USERS * (WARM_UP + requests));
            String anchor = "%7s %7s %6s".formatted("", "", "");
            if (anchors && !kind.sql().isEmpty()) {
                Times sql = sql(kind);
                anchor = "%7.1f %7.1f %6.1f".formatted(sql.at(.5), sql.at(.95), page.at(.95) / sql.at(.95));
            }
            System.out.printf("%-40s %7.1f %7.1f %7.1f %6.1f %5d %5s | %s | %s%n",
                    kind.name(), page.at(.5), page.at(.95), page.at(.99), each, size[0] / 1024, Times.load(), anchor,
                    page.errors() > 0 ? page.errors() + " ERRORS" : page.at(.95) < FLOOR ? page.at(.95) < FLOOR / 2 ? "goal" : "yes" : "NO");
        }
        double spent = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
        System.out.printf("The load generator itself took %.0f s of CPU time on the same cores.%n", spent);
    }

    private interface Asking {
        void ask(int user, int i) throws Exception;
    }

    private Times sql(PageKinds.Kind kind) throws Exception {
        List<Connection> connections = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            connections.add(DriverManager.getConnection(database));
        }
        List<Database> asking = connections.stream().map(Database::new).toList();
        Times times = atOnce((user, i) -> {
            for (String statement : kind.sql().apply(i)) {
                asking.get(user).rows(statement);
            }
        }, 2, STATEMENTS);
        for (Connection connection : connections) {
            connection.close();
        }
        return times;
    }

    private Times atOnce(Asking asking, int warmUp, int requests) throws Exception {
        try (ExecutorService users = Executors.newFixedThreadPool(USERS)) {
            List<Future<List<Double>>> runs = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                int who = user;
                runs.add(users.submit((Callable<List<Double>>) () -> one(asking, who, warmUp, requests)));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> run : runs) {
                all.addAll(run.get());
            }
            return Times.of(all.stream().mapToDouble(Double::doubleValue).toArray(), failures);
        }
    }

    private List<Double> one(Asking asking, int user, int warmUp, int requests) throws InterruptedException {
        List<Double> times = new ArrayList<>();
        Random random = new Random(user);
        for (int i = -warmUp; i < requests; i++) {
            if (pause > 0) {
                Thread.sleep((long) (2 * pause * random.nextDouble()));
            }
            long started = System.nanoTime();
            try {
                asking.ask(user, user * 1_000 + i + warmUp);
            } catch (Exception e) {
                synchronized (this) {
                    if (failures++ == 0) {
                        System.out.println("  " + e.getMessage());
                    }
                }
            }
            if (i >= 0) {
                times.add((System.nanoTime() - started) / 1e6);
            }
        }
        return times;
    }
}
