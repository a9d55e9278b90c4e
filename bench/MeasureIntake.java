import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.ArrayList;

/**
 * New cases by REST at a fixed rate, each wait counted from when the case was due to be sent, however late it went. In the end every
 * accepted case must be there with a number, a running clock and somebody whose it is. Arguments: data directory, address, API key, then
 * {@code --rate N} a second, {@code --seconds N}.
 */
public class MeasureIntake {

    private static final long PATIENCE_MS = 60_000;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 3; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int rate = Integer.parseInt(options.getOrDefault("--rate", "50"));
        int seconds = Integer.parseInt(options.getOrDefault("--seconds", "30"));
        String url = Files.readString(Path.of(arguments[0], "connection")).strip();
        try (Connection connection = DriverManager.getConnection(url)) {
            new MeasureIntake().run(new Database(connection), arguments[1], arguments[2], rate, seconds);
        }
    }

    private void run(Database database, String base, String key, int rate, int seconds) throws Exception {
        List<String> accounts = database.rows("""
                select external_id from accounts.account a where external_id is not null
                order by exists (select from programs.enrolment e
                        where e.account_id = a.id and e.starts_on <= current_date and (e.ends_on is null or e.ends_on > current_date)) desc, md5(id::text)
                limit 1000""");
        String run = "intake-" + System.currentTimeMillis();
        long began = System.nanoTime();
        List<Future<Double>> sent = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < rate * seconds; i++) {
                long due = began + i * 1_000_000_000L / rate;
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
                String account = accounts.get(i % accounts.size());
                sent.add(senders.submit(() -> post(base, key, run, account, due)));
            }
        }
        int failures = 0;
        List<Double> waits = new ArrayList<>();
        for (Future<Double> one : sent) {
            double wait = one.get();
            if (wait < 0) {
                failures++;
            } else {
                waits.add(wait);
            }
        }
        Times times = Times.of(waits.stream().mapToDouble(Double::doubleValue).toArray(), failures);
        String mine = " from cases.support_case c where c.channel = '" + run + "'";
        long stored = database.number("select count(number)" + mine);
        String clocked = "select count(*)" + mine + " and exists (select from cases.clock k where k.case_id = c.id)";
        long waited = System.nanoTime();
        while (database.number(clocked) < stored && System.nanoTime() - waited < PATIENCE_MS * 1_000_000) {
            Thread.sleep(100);
        }
        double clocksAfter = (System.nanoTime() - waited) / 1e9;
        String routed = "select count(*)" + mine + " and c.assignee_id is not null";
        while (database.number(routed) < stored && System.nanoTime() - waited < PATIENCE_MS * 1_000_000) {
            Thread.sleep(100);
        }
        System.out.printf("%d new cases a second for %d s: acknowledged p50 %.0f ms, p95 %.0f ms, p99 %.0f ms; %d refused, %,d stored, %,d with a clock %.1f s after the last, %,d given to somebody %.1f s after the last, load %s%n",
                rate, seconds, times.at(.5), times.at(.95), times.at(.99), failures, stored, database.number(clocked), clocksAfter,
                database.number(routed), (System.nanoTime() - waited) / 1e9, Times.load());
    }

    private double post(String base, String key, String channel, String account, long due) throws Exception {
        String body = """
                {"account": "%s", "subject": "Export stops half way", "text": "Since this morning, for everybody here.",
                 "impact": "team", "urgency": "slowed", "product": "Lumen Plan", "channel": "%s"}""".formatted(account, channel);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/cases"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            System.out.println(answer.statusCode() + " " + answer.body());
            return -1;
        }
        return (System.nanoTime() - due) / 1e6;
    }
}
