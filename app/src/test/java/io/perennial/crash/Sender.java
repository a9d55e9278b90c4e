package io.perennial.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** A customer's app with a connection of its own: posts batches as Segment's clients do. */
final class Sender implements AutoCloseable {

    private static final String TAKEN = "{\"success\":true}";

    private final URI address;
    private final List<String> keys;
    private final HttpClient client;

    /** @param keys the write key of each source */
    Sender(String server, List<String> keys) {
        this.address = URI.create(server + "/v1/batch");
        this.keys = keys;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    enum Answer {
        ACKNOWLEDGED,
        SEND_AGAIN,
        WRONG
    }

    /** @param answer what a client makes of it; {@code said} is the answer itself */
    record Outcome(Answer answer, String said) {}

    /**
     * @param patience how long to wait for the answer
     * @throws IOException when no answer came; the messages may be in or not
     */
    Outcome send(int source, List<Message> messages, Duration patience) throws IOException, InterruptedException {
        String body = messages.stream().map(Message::json).collect(Collectors.joining(",", "{\"batch\":[", "]}"));
        String credentials =
                Base64.getEncoder().encodeToString((keys.get(source) + ":").getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(address)
                        .timeout(patience)
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        String said = response.statusCode() + " " + response.body();
        return switch (response.statusCode()) {
            case 200 -> new Outcome(response.body().equals(TAKEN) ? Answer.ACKNOWLEDGED : Answer.WRONG, said);
            case 429, 503 ->
                new Outcome(
                        response.headers().firstValue("Retry-After").isPresent() ? Answer.SEND_AGAIN : Answer.WRONG,
                        said);
            default -> new Outcome(Answer.WRONG, said);
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
