package io.perennial.world;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Somebody who sends requests to the running product: a signed-in person, a program with a key, or nobody known. Follows
 * no redirects; carries cookie and form token by itself.
 *
 * @param id of the team member; all zeros for others
 * @param headers sent with every request
 * @param cookie value of the session cookie {@code perennial}, empty when not signed in
 * @param formToken what forms carry as {@code _csrf}; sent as header {@code X-CSRF-TOKEN} with every change
 */
public record Visitor(
        UUID id, String name, String address, Map<String, String> headers, String cookie, String formToken) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    public HttpResponse<String> get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    /** Sends a form, as a page would. */
    public HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                "POST",
                path,
                BodyPublishers.ofString(body),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    public HttpResponse<String> json(String method, String path, String body) {
        return send(method, path, BodyPublishers.ofString(body), Map.of("Content-Type", "application/json"));
    }

    public HttpResponse<String> send(String method, String path, BodyPublisher body, Map<String, String> more) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).method(method, body);
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (!formToken.isEmpty() && !method.equals("GET")) {
            all.put("X-CSRF-TOKEN", formToken);
        }
        all.putAll(more);
        all.forEach(request::setHeader);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
