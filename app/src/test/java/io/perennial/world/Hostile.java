package io.perennial.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What strangers put into the entrance of that name to break it; sequences, which are stories, are tests of their own. */
public record Hostile(String id, String kind, String text, String expected) {

    /** Tests are skipped where the shared collection is not beside the project. */
    public static List<Hostile> of(String entrance) {
        List<Hostile> found = new ArrayList<>();
        for (JsonNode one : all()) {
            String kind = one.path("kind").asString();
            if (one.path("entrance").asString().equals(entrance) && !kind.equals("sequence")) {
                found.add(new Hostile(
                        one.path("id").asString(),
                        kind,
                        text(kind, one.path("input")),
                        one.path("expected").asString()));
            }
        }
        return found;
    }

    public boolean repeated() {
        return kind.equals("repeat");
    }

    private static String text(String kind, JsonNode input) {
        return switch (kind) {
            case "repeat" ->
                input.path("prefix").asString()
                        + input.path("unit")
                                .asString()
                                .repeat(input.path("count").asInt())
                        + input.path("suffix").asString();
            case "base64" -> new String(Base64.getDecoder().decode(input.asString()), StandardCharsets.ISO_8859_1);
            default -> input.asString();
        };
    }

    private static JsonNode all() {
        try {
            return JsonMapper.shared().readTree(Files.readString(SharedData.beside("hostile/hostile.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
