package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.SharedData;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each hostile input that is a text to be sent, with what its list expects of the answer. */
@PerennialTest
class HostileEventsTests {

    @Autowired
    Sources sources;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @TestFactory
    Stream<DynamicTest> isAnsweredAsExpected() throws IOException {
        Sender app = Sender.of("Planner", sources, people);
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode hostile :
                JsonMapper.shared().readTree(Files.readString(SharedData.beside("hostile/hostile.json")))) {
            if (hostile.path("entrance").asString().equals("ingest")
                    && !hostile.path("kind").asString().equals("sequence")) {
                tests.add(DynamicTest.dynamicTest(hostile.path("name").asString(), () -> check(app, hostile)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests.stream();
    }

    private void check(Sender app, JsonNode hostile) {
        byte[] body = body(hostile);
        String text = new String(body, StandardCharsets.UTF_8);
        String path = text.startsWith("{\"batch\"") ? "/v1/batch" : "/v1/track";
        String expected = hostile.path("expected").asString();
        long before = rows();
        HttpResponse<String> answer = app.send(path, body, Map.of("Content-Type", "application/json"));
        if (expected.startsWith("400") || expected.startsWith("event rejected")) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(rows()).isEqualTo(before);
            String code = Stream.of(expected.split("[^a-z0-9_]+"))
                    .filter(word -> word.contains("_"))
                    .findFirst()
                    .orElseThrow();
            assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(rows()).isGreaterThan(before);
        }
        assertThat(answer.body()).doesNotContain("Exception", "io.perennial", "insert into");
        // Readers make jsonb of what was taken, so it must always be possible.
        assertThat(database.sql("select count(body::jsonb) from events.inbox")
                        .query(Long.class)
                        .single())
                .isEqualTo(rows());
        assertThat(app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"the next good request\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private long rows() {
        return database.sql("select count(*) from events.inbox")
                .query(Long.class)
                .single();
    }

    private static byte[] body(JsonNode hostile) {
        JsonNode input = hostile.path("input");
        return switch (hostile.path("kind").asString()) {
            case "base64" -> Base64.getDecoder().decode(input.asString());
            case "repeat" ->
                (input.path("prefix").asString()
                                + input.path("unit")
                                        .asString()
                                        .repeat(input.path("count").asInt())
                                + input.path("suffix").asString())
                        .getBytes(StandardCharsets.UTF_8);
            default -> input.asString().getBytes(StandardCharsets.UTF_8);
        };
    }
}
