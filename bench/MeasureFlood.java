import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One app runs wild: single events at ten times what a source may send, while a colleague looks at pages. Every event that was
 * taken must be there, each refusal says when to come again, and the pages of the colleague are compared with those of the minute
 * before. Arguments: data directory, address, e-mail, password, then {@code --rate N} a second, {@code --seconds N}. Start the server with
 * {@code PERENNIAL_JAVA_OPTIONS=-Dperennial.events.rate-limit=1000}.
 */
public class MeasureFlood {

    private static final int CONNECTIONS = 64;
    private static final int PAUSE_MS = 100;
    private static final String[] PAGES = {"/", "/accounts", "/signals", "/health", "/adoption"};

    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong late = new AtomicLong();

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 4; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int rate = Integer.parseInt(options.getOrDefault("--rate", "10000"));
        int seconds = Integer.parseInt(options.getOrDefault("--seconds", "60"));
        Path data = Path.of(arguments[0]);
        try (Connection connection = DriverManager.getConnection(Files.readString(data.resolve("connection")).strip())) {
            EventLoad load = new EventLoad(URI.create(arguments[1]), new ServerWork(data), connection);
            Visitor colleague = Visitor.signedIn(arguments[1], arguments[2], arguments[3]);
            new MeasureFlood().run(new Database(connection), URI.create(arguments[1]), load.key(0), colleague, rate, seconds);
        }
    }

    private void run(Database database, URI server, String key, Visitor colleague, int rate, int seconds) throws Exception {
        looks(colleague, Math.min(10, seconds)); // warm
        Times normal = looks(colleague, seconds);
        long before = database.number("select count(*) from events.inbox");
        CompletableFuture<Times> meanwhile = CompletableFuture.supplyAsync(() -> looks(colleague, seconds));
        flood(server, key, rate, seconds);
        Times flooded = meanwhile.get();
        long stored = database.number("select count(*) from events.inbox") - before;
        System.out.printf("%,d requests a second for %d s: %,d taken, %,d told 429 and when to come again, %d otherwise, %,d more than a second late%n",
                rate, seconds, taken.get(), refused.get(), wrong.get(), late.get());
        System.out.printf("%,d stored: %s%n", stored, stored == taken.get() && wrong.get() == 0 ? "all that was taken" : "WRONG");
        System.out.printf("pages of a colleague: before p50 %.0f ms, p99 %.0f; meanwhile p50 %.0f, p99 %.0f: %.1f times (bar 2), load %s%n",
                normal.at(.5), normal.at(.99), flooded.at(.5), flooded.at(.99), flooded.at(.99) / normal.at(.99), Times.load());
    }

    private void flood(URI server, String key, int rate, int seconds) throws Exception {
        double between = CONNECTIONS * 1e9 / rate;
        long started = System.nanoTime() + 100_000_000;
        EventLoad.inParallel(CONNECTIONS, number -> {
            try (EventSender sender = new EventSender(server, key, 1, number * EventLoad.IDS)) {
                for (int i = 0; i < seconds * 1e9 / between; i++) {
                    long due = started + (long) (between * (i + number / (double) CONNECTIONS));
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                    if (System.nanoTime() - due > TimeUnit.SECONDS.toNanos(1)) {
                        late.incrementAndGet();
                    }
                    int status = sender.send();
                    (status == 200 ? taken : status == 429 && sender.saidWhen() ? refused : wrong).incrementAndGet();
                }
            }
        });
    }

    private static Times looks(Visitor colleague, int seconds) {
        List<Double> waits = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            for (int i = 0; System.nanoTime() < until; i++) {
                long asked = System.nanoTime();
                colleague.look(PAGES[i % PAGES.length], "text/html");
                waits.add((System.nanoTime() - asked) / 1e6);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Times.of(waits.stream().mapToDouble(Double::doubleValue).toArray(), 0);
    }
}
