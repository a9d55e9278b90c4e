package io.perennial.platform.imports;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Perennial, as the import command talks to it. */
final class ImportServer {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String url;
    private final String key;

    ImportServer(String url, String key) {
        this.url = url;
        this.key = key;
    }

    /** The server said no; the message is for people. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message, null, false, false);
        }
    }

    String address(String path) {
        return url + path;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(address(path))).header("Authorization", "Bearer " + key);
    }

    /**
     * @throws Refused when it answered with a refusal
     * @throws IOException when it did not answer
     */
    JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
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
}
