package io.perennial.platform.records.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP to the started product. */
@TestComponent
class ApiCaller {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Environment environment;

    ApiCaller(Environment environment) {
        this.environment = environment;
    }

    record Reply(int status, String body, HttpResponse<byte[]> raw) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        String code() {
            return json().path("type").asString().replace("/problems/", "");
        }

        String errorCodes() {
            StringBuilder codes = new StringBuilder();
            json().path("errors")
                    .forEach(error -> codes.append(codes.isEmpty() ? "" : ",")
                            .append(error.path("code").asString()));
            return codes.toString();
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Reply put(String path, String json, String... headers) {
        return send("PUT", path, json.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    Reply post(String path, String json, String... headers) {
        return send("POST", path, json.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    /** Headers given replace the defaults, which are a key named "tester" and JSON. */
    Reply send(String method, String path, byte @org.jspecify.annotations.Nullable [] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + environment.getProperty("local.server.port") + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .setHeader("X-Test-Key", "tester")
                .setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(
                    response.statusCode(),
                    new String(response.body(), java.nio.charset.StandardCharsets.UTF_8),
                    response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
