import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * From a fact to the open page: a survey answer goes in by REST; a page that listens to {@code /live} hears of its
 * account, fetches its header again as a browser does, and the score in it has moved. Arguments: data directory, address,
 * e-mail, password, API key, then {@code --facts N}, {@code --background N} for other facts a second beside it.
 */
public class MeasureFreshness {

    private static final long LONGEST_MS = 30_000;
    private static final long BETWEEN_MS = 60;

    private final HttpClient rest = HttpClient.newHttpClient();
    private final String base;
    private final String key;
    private final Visitor page;
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    private MeasureFreshness(String base, String key, Visitor page) {
        this.base = base;
        this.key = key;
        this.page = page;
    }

    private record Customer(String id, String externalId) {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 5; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int facts = Integer.parseInt(options.getOrDefault("--facts", "200"));
        int background = Integer.parseInt(options.getOrDefault("--background", "0"));
        String url = Files.readString(Path.of(arguments[0], "connection")).strip();
        List<Customer> customers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url)) {
            // Scored, in use, without a recent answer: one answer then surely moves the score.
            for (String row : new Database(connection).rows("""
                    select o.account_id, o.external_id from accounts.overview o
                    where o.band <> 'UNKNOWN' and o.stage = 'Live' and not exists (
                        select from surveys.survey_response r where r.account_id = o.account_id)
                    order by md5(o.account_id::text || now()::text) limit %d""".formatted(facts + 1_000))) {
                customers.add(new Customer(row.split("\t")[0], row.split("\t")[1]));
            }
        }
        Visitor visitor = Visitor.signedIn(arguments[1], arguments[2], arguments[3]);
        new MeasureFreshness(arguments[1], arguments[4], visitor).run(customers, facts, background);
    }

    private void run(List<Customer> customers, int facts, int background) throws Exception {
        Thread.ofVirtual().start(this::listen);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong others = new AtomicLong();
        Thread load = Thread.ofVirtual().start(() -> load(customers.subList(facts, customers.size()), background, stop, others));
        List<Customer> asked = customers.subList(0, Math.min(facts, customers.size()));
        double[] acknowledged = new double[asked.size()];
        double[] heard = new double[asked.size()];
        double[] seen = new double[asked.size()];
        int failures = 0;
        long begun = System.nanoTime();
        for (int i = 0; i < asked.size(); i++) {
            Thread.sleep(BETWEEN_MS);
            double[] times = one(asked.get(i), i);
            acknowledged[i] = times[0];
            heard[i] = times[1];
            seen[i] = times[2];
            failures += times[2] >= LONGEST_MS ? 1 : 0;
        }
        stop.set(true);
        load.join();
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%d facts, %.1f other facts a second beside them, load %s, %d never seen%n",
                asked.size(), others.get() / seconds, Times.load(), failures);
        System.out.printf("%-52s %8s %8s %8s%n", "ms from sending the fact", "p50", "p95", "p99");
        print("until it is acknowledged (committed)", acknowledged);
        print("until the open page hears of it", heard);
        print("until the fetched header shows the new score", seen);
    }

    /** @return milliseconds until acknowledged, heard and seen */
    private double[] one(Customer customer, int number) throws IOException, InterruptedException {
        String topic = "account:" + customer.id();
        String before = score(customer);
        news.clear();
        long started = System.nanoTime();
        put(customer, "fresh-" + started + "-" + number, number % 2 == 0 ? 0 : 10);
        double acknowledged = since(started);
        double heard = LONGEST_MS;
        while (since(started) < LONGEST_MS) {
            String topics = news.poll(50, TimeUnit.MILLISECONDS);
            if (topics != null && (topics.contains(topic) || topics.equals("*"))) {
                heard = Math.min(heard, since(started));
                if (!score(customer).equals(before)) {
                    return new double[] {acknowledged, heard, since(started)};
                }
            }
        }
        return new double[] {acknowledged, heard, LONGEST_MS};
    }

    /** Health as the account page shows it; the page fetches itself anew and keeps the header. */
    private String score(Customer customer) throws IOException, InterruptedException {
        String text = page.text("/accounts/" + customer.id() + "/panels/health-card", "text/html");
        return text.replaceAll("(?s)<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    private void put(Customer customer, String id, int score) throws IOException, InterruptedException {
        HttpResponse<String> answer = rest.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/survey-responses/" + id))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("""
                                {"account":"%s","kind":"nps","score":%d,"answered_at":"%s"}"""
                                .formatted(customer.externalId(), score, Instant.now().minusSeconds(5))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("The fact was refused: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Usage and survey facts of other customers, evenly spread over each second. */
    private void load(List<Customer> customers, int perSecond, AtomicBoolean stop, AtomicLong sent) {
        long next = System.nanoTime();
        for (int i = 0; perSecond > 0 && !stop.get(); i++) {
            next += 1_000_000_000L / perSecond;
            try {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                put(customers.get(i % customers.size()), "beside-" + next, i % 11);
                sent.incrementAndGet();
            } catch (IOException refused) {
                System.out.println("beside: " + refused.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void listen() {
        while (true) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(page.live(), StandardCharsets.UTF_8))) {
                StringBuilder topics = new StringBuilder();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        topics.append(line.substring(5).strip()).append('\n');
                    } else if (line.isEmpty() && !topics.isEmpty()) {
                        news.add(topics.toString().strip());
                        topics.setLength(0);
                    }
                }
            } catch (IOException | InterruptedException gone) {
                return;
            }
        }
    }

    private static double since(long started) {
        return (System.nanoTime() - started) / 1e6;
    }

    private static void print(String what, double[] all) {
        Times times = Times.of(all, 0);
        System.out.printf("%-52s %8.0f %8.0f %8.0f%n", what, times.at(.5), times.at(.95), times.at(.99));
    }
}
