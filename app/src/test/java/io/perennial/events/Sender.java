package io.perennial.events;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.world.People;
import io.perennial.world.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A customer's app that sends events with the write key of a source. */
public record Sender(Source source, String key, Visitor visitor) {

    /** An app of a fresh source. */
    public static Sender of(String name, Sources sources, People people) {
        Source.WithKey made = sources.create(administrator(people), name);
        return new Sender(made.source(), made.key(), people.stranger());
    }

    public static Viewer administrator(People people) {
        return new Viewer(
                people.member("Grace Hopper", Role.ADMIN, true),
                "Grace Hopper",
                "grace@perennial.example",
                Role.ADMIN,
                true);
    }

    public HttpResponse<String> send(String path, String json) {
        return send(path, json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public HttpResponse<String> send(String path, byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of("Authorization", basic(key + ":")));
        all.putAll(headers);
        return visitor.send("POST", path, BodyPublishers.ofByteArray(body), all);
    }

    public static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
