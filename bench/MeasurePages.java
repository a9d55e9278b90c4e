import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the pages people live in, 8 users at once, and prints p50, p95 and p99 beside the same figures of the plain SQL behind a list
 * page, taken in the same run. Arguments: data directory, address, e-mail, password.
 */
public class MeasurePages {

    private static final int USERS = 8;
    private static final int WARM_UP = 15;
    private static final int REQUESTS = 60;

    public static void main(String[] arguments) throws Exception {
        String base = arguments[1];
        HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        signIn(client, base, arguments[2], arguments[3]);
        String database = Files.readString(Path.of(arguments[0], "connection")).strip();
        List<String> accounts = someAccounts(database);
        System.out.printf("%-34s %8s %8s %8s%n", "8 users at once, ms", "p50", "p95", "p99");
        measure(client, "accounts, first page", i -> base + "/accounts");
        measure(client, "accounts, sorted by ARR", i -> base + "/accounts?sort=-arr");
        measure(client, "accounts, three filters", i -> base
                + "/accounts?filter=segment:is:SMB&filter=renews_on:within:120&filter=open_signals:over:0&sort=-arr");
        measure(client, "accounts, grouped by owner", i -> base + "/accounts?group=owner_name");
        measure(client, "accounts, page 200", i -> base + "/accounts?from=20000");
        measure(client, "account page", i -> base + "/accounts/" + accounts.get(i % accounts.size()));
        measure(client, "search", i -> base + "/search?q=" + List.of("harbor", "ember foods", "nora", "cobalt 77").get(i % 4).replace(" ", "%20"));
        measure(client, "today", i -> base + "/");
        measure(client, "signals", i -> base + "/signals");
        anchor(database);
    }

    private static void signIn(HttpClient client, String base, String email, String password) throws Exception {
        String page = client.send(HttpRequest.newBuilder(URI.create(base + "/sign-in")).build(), HttpResponse.BodyHandlers.ofString()).body();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        if (!token.find()) {
            throw new IllegalStateException("No sign-in form at " + base);
        }
        String form = "_csrf=" + encoded(token.group(1)) + "&email=" + encoded(email) + "&password=" + encoded(password) + "&next=%2F";
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + "/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException("Sign-in was refused: " + answer.statusCode());
        }
    }

    private static void measure(HttpClient client, String what, Function<Integer, String> address) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            get(client, address.apply(i));
        }
        try (ExecutorService users = Executors.newFixedThreadPool(USERS)) {
            List<Future<double[]>> runs = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                int first = user * 1_000;
                runs.add(users.submit((Callable<double[]>) () -> {
                    double[] times = new double[REQUESTS];
                    for (int i = 0; i < REQUESTS; i++) {
                        long started = System.nanoTime();
                        get(client, address.apply(first + i));
                        times[i] = (System.nanoTime() - started) / 1e6;
                    }
                    return times;
                }));
            }
            List<double[]> all = new ArrayList<>();
            for (Future<double[]> run : runs) {
                all.add(run.get());
            }
            print(what, all.stream().flatMapToDouble(Arrays::stream).sorted().toArray());
        }
    }

    private static void get(HttpClient client, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", url.contains("/search") ? "application/json" : "text/html")
                .build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200 || answer.uri().getPath().startsWith("/sign-in")) {
            throw new IllegalStateException(url + " answered " + answer.statusCode() + " at " + answer.uri());
        }
    }

    /** The list's own statements, alone, by 8 connections at once: what the page could cost at best. */
    private static void anchor(String url) throws Exception {
        try (ExecutorService users = Executors.newFixedThreadPool(USERS)) {
            List<Future<double[]>> runs = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                runs.add(users.submit((Callable<double[]>) () -> {
                    double[] times = new double[REQUESTS];
                    try (Connection connection = DriverManager.getConnection(url)) {
                        for (int i = -WARM_UP; i < REQUESTS; i++) {
                            long started = System.nanoTime();
                            ask(connection, "select * from accounts.overview order by arr desc nulls last, account_id limit 100");
                            ask(connection, "select band, currency, count(*), sum(arr) from accounts.overview group by 1, 2");
                            if (i >= 0) {
                                times[i] = (System.nanoTime() - started) / 1e6;
                            }
                        }
                    }
                    return times;
                }));
            }
            List<double[]> all = new ArrayList<>();
            for (Future<double[]> run : runs) {
                all.add(run.get());
            }
            print("anchor: SQL of list and sums", all.stream().flatMapToDouble(Arrays::stream).sorted().toArray());
        }
    }

    private static void ask(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                result.getString(1);
            }
        }
    }

    private static List<String> someAccounts(String url) throws Exception {
        List<String> accounts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select id from accounts.account tablesample system (2) limit 500")) {
            while (result.next()) {
                accounts.add(result.getString(1));
            }
        }
        java.util.Collections.shuffle(accounts, new Random(11));
        return accounts;
    }

    private static void print(String what, double[] sorted) {
        System.out.printf("%-34s %8.1f %8.1f %8.1f%n", what, at(sorted, .5), at(sorted, .95), at(sorted, .99));
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
