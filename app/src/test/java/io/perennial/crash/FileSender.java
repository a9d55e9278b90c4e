package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** A program that brings files of accounts and believes the answer that they arrived. */
final class FileSender implements AutoCloseable {

    private final String server;
    private final String key;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<SentFile> accepted = new ArrayList<>();

    /** @param key with the scope import */
    FileSender(String server, String key) {
        this.server = server;
        this.key = key;
    }

    /** Its accounts are called {@code file-<number>-<row>}. */
    record SentFile(int number, int rows) {}

    /** Returns when the server has answered that it will import it. */
    void send(int rows) throws IOException, InterruptedException {
        SentFile file = new SentFile(accepted.size(), rows);
        StringBuilder text = new StringBuilder("external_id,name\n");
        for (int row = 0; row < rows; row++) {
            text.append("file-%d-%d,Account %d of a file%n".formatted(file.number(), row, row));
        }
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(server + "/api/v1/imports?type=accounts&name=accounts.csv"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(text.toString()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        accepted.add(file);
    }

    List<SentFile> accepted() {
        return List.copyOf(accepted);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
