package io.perennial.platform.imports;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code perennial import TYPE FILE}: streams a file to a running server and shows how it goes. Needs neither Spring nor a
 * database. Exit code 0 when every row is in, 1 when rows had problems or the file was refused, 2 for wrong arguments.
 */
public final class ImportCommand {

    private static final String USAGE = """
            Usage: perennial import TYPE FILE [options]
              TYPE  accounts, contacts, contracts, contract-lines, cancellations, usage, cases,
                    survey-responses, touchpoints, team-members
              FILE  .csv, .csv.gz or .xlsx; - reads standard input
            Options:
              --mapping FILE       how the columns become fields (YAML)
              --date PATTERN       format of dates, such as dd/MM/yyyy
              --decimal . or ,     decimal mark
              --zone ZONE          time zone of times without one
              --encoding NAME      encoding of the file, found out by default
              --delimiter CHAR     , ; | or tab, found out by default
              --allow-problems     exit with 0 although rows had problems
              --url URL            address of the server, http://localhost:8080 by default
              --key KEY            API key; better: PERENNIAL_API_KEY in the environment
            """;
    private static final String BOUNDARY = "perennial-" + UUID.randomUUID();
    private static final Duration POLL = Duration.ofMillis(300);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, String> options;
    private final PrintStream out;
    private final PrintStream err;

    private ImportCommand(Map<String, String> options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    /** @return the exit code */
    static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        Map<String, String> options = new LinkedHashMap<>();
        String wrong = read(arguments, options);
        options.putIfAbsent("key", environment.getOrDefault("PERENNIAL_API_KEY", ""));
        options.putIfAbsent("url", environment.getOrDefault("PERENNIAL_URL", "http://localhost:8080"));
        if (wrong == null && options.get("key").isBlank()) {
            wrong = "An API key is needed: set PERENNIAL_API_KEY, or make one with perennial key create.";
        }
        if (wrong != null) {
            err.println(wrong);
            err.println();
            err.print(USAGE);
            return 2;
        }
        ImportCommand command = new ImportCommand(options, out, err);
        try {
            return command.send();
        } catch (ConnectException nobody) {
            err.println("No server answers at " + options.get("url")
                    + ". Start it with perennial start, or name it with --url.");
        } catch (IOException broken) {
            err.println("The connection broke: " + broken.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            err.println("Stopped watching; the import itself goes on.");
        } catch (Refused refused) {
            err.println(refused.getMessage());
        }
        return 1;
    }

    private static @Nullable String read(String[] arguments, Map<String, String> options) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--allow-problems")) {
                options.put("allow-problems", "yes");
            } else if (argument.startsWith("--")) {
                String name = argument.substring(2);
                if (!USAGE.contains("--" + name + " ")) {
                    return "There is no option " + argument + ".";
                }
                if (i + 1 == arguments.length) {
                    return argument + " needs a value.";
                }
                options.put(name, arguments[++i]);
            } else if (options.putIfAbsent("type", argument) != null && options.putIfAbsent("file", argument) != null) {
                return "One file at a time, please: " + argument + " is too much.";
            }
        }
        if (!options.containsKey("file")) {
            return "Name the type and the file.";
        }
        String file = options.get("file");
        return file.equals("-") || Files.isReadable(Path.of(file)) ? null : "There is no readable file " + file + ".";
    }

    private int send() throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder();
        add(query, "type", options.get("type"));
        String file = Objects.requireNonNull(options.get("file"));
        add(
                query,
                "name",
                file.equals("-")
                        ? "standard input"
                        : String.valueOf(Path.of(file).getFileName()));
        for (String name : new String[] {"date", "decimal", "zone", "encoding", "delimiter"}) {
            add(query, name, options.get(name));
        }
        BodyPublisher table =
                file.equals("-") ? BodyPublishers.ofInputStream(() -> System.in) : BodyPublishers.ofFile(Path.of(file));
        String mapping = options.get("mapping");
        HttpRequest request = mapping == null
                ? to("/api/v1/imports?" + query)
                        .header("Content-Type", "application/octet-stream")
                        .POST(table)
                        .build()
                : to("/api/v1/imports?" + query)
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(parts(mapping(Path.of(mapping)), table))
                        .build();
        JsonNode started = answer(request);
        return watch(started.path("id").asString());
    }

    /** A mapping may be longer than an address may be. */
    private static BodyPublisher parts(String mapping, BodyPublisher table) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n" + mapping
                + "\r\n--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        return BodyPublishers.concat(
                BodyPublishers.ofString(head), table, BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
    }

    private static String mapping(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new Refused("There is no readable mapping " + file + ".");
        }
        return Files.readString(file);
    }

    private int watch(String id) throws IOException, InterruptedException {
        while (true) {
            JsonNode now = answer(to("/api/v1/imports/" + id).GET().build());
            String state = now.path("state").asString();
            progress(now);
            if (!state.equals("queued") && !state.equals("running")) {
                return finish(id, state, now);
            }
            Thread.sleep(POLL);
        }
    }

    private void progress(JsonNode now) {
        if (System.console() != null) {
            out.printf(
                    Locale.ENGLISH,
                    "\r%,d of %,d rows",
                    now.path("done").asLong(),
                    now.path("rows").asLong());
            out.flush();
        }
    }

    private int finish(String id, String state, JsonNode now) throws IOException, InterruptedException {
        if (System.console() != null) {
            out.println();
        }
        JsonNode outcome = now.path("outcome");
        long problems = outcome.path("withProblems").asLong();
        out.println(new Counts(
                        outcome.path("created").asLong(),
                        outcome.path("changed").asLong(),
                        outcome.path("unchanged").asLong(),
                        problems,
                        outcome.path("gathered").asLong(),
                        outcome.path("leftOut").asLong())
                .sentence());
        for (JsonNode remark : now.path("remarks")) {
            out.printf(
                    Locale.ENGLISH,
                    "Remark: %,d rows: %s (first on line %d: %s)%n",
                    remark.path("rows").asLong(),
                    remark.path("reason").asString(),
                    remark.path("firstLine").asLong(),
                    remark.path("firstValue").asString().replaceAll("\\p{Cntrl}", " "));
        }
        if (!state.equals("done")) {
            err.println(
                    state.equals("cancelled")
                            ? "The import was cancelled."
                            : now.path("error").asString());
            return 1;
        }
        if (problems == 0) {
            return 0;
        }
        showProblems(id);
        err.println("All of them: " + options.get("url") + "/imports/" + id + "/errors.csv");
        return options.containsKey("allow-problems") ? 0 : 1;
    }

    private void showProblems(String id) throws IOException, InterruptedException {
        JsonNode problems = answer(to("/api/v1/imports/" + id + "/errors")
                .header("Accept", "application/json")
                .GET()
                .build());
        int shown = 0;
        for (JsonNode problem : problems) {
            if (shown++ == 10) {
                break;
            }
            err.println("line " + problem.path("line").asLong() + ": "
                    + problem.path("column").asString() + " "
                    + problem.path("reason").asString() + " ("
                    + problem.path("value").asString().replaceAll("\\p{Cntrl}", " ") + ")");
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(options.get("url") + path))
                .header("Authorization", "Bearer " + options.get("key"));
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        JsonNode body = parse(response.body());
        if (response.statusCode() < 300) {
            return body;
        }
        throw new Refused(refusal(response.statusCode(), body));
    }

    private static String refusal(int status, JsonNode body) {
        if (status == 401 || status == 403) {
            return "The server does not accept this key for imports. It needs the scopes write or import.";
        }
        StringBuilder text = new StringBuilder(body.path("detail").asString("The server answered " + status + "."));
        for (JsonNode question : body.path("questions")) {
            text.append("\n- ").append(question.path("message").asString());
            for (JsonNode choice : question.path("choices")) {
                text.append("\n    ")
                        .append(choice.path("answer").asString())
                        .append("   ")
                        .append(choice.path("meaning").asString());
            }
        }
        if (body.has("questions")) {
            text.append("\nAnswer with --date, --decimal or --mapping.");
        }
        return text.toString();
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body.isEmpty() ? "{}" : body);
        } catch (JacksonException notJson) {
            return JSON.createObjectNode();
        }
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message, null, false, false);
        }
    }
}
