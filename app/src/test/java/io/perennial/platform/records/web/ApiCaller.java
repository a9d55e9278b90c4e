package io.perennial.platform.records.web;

import io.perennial.world.People;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that holds an API key and speaks JSON. */
class ApiCaller {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String address;
    private final String key;

    ApiCaller(String address, String key) {
        this.address = address;
        this.key = key;
    }

    /** A program with a fresh key of these scopes. */
    static ApiCaller of(People people, String... scopes) {
        return new ApiCaller(people.address(), people.apiKey(scopes));
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
        return send("PUT", path, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    Reply post(String path, String json, String... headers) {
        return send("POST", path, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Headers given replace the defaults. */
    Reply send(String method, String path, byte @Nullable [] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .setHeader("Authorization", "Bearer " + key)
                .setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
