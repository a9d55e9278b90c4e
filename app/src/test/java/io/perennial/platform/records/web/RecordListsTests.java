package io.perennial.platform.records.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.web.ApiCaller.Reply;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Reading many records over REST, a page at a time. */
@ApiTest
class RecordListsTests {

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    ApiCaller api;

    @BeforeEach
    void holdsAKey() {
        api = ApiCaller.of(people, "read", "write");
    }

    @Test
    void arePagedFilteredAndSorted() {
        createSamples(25);
        List<String> seen = everyPage("limit=10&sort=-seats&stage=live");
        assertThat(seen).hasSize(13).doesNotHaveDuplicates().startsWith("s-24", "s-22");

        assertThat(api.get("/api/v1/samples?seats=3&fields=name")
                        .json()
                        .path("records")
                        .toString())
                .isEqualTo("[{\"external_id\":\"s-3\",\"name\":\"N3\"}]");
        clock.moveBy(Duration.ofHours(1));
        api.put("/api/v1/samples/s-7", "{\"name\":\"Later\"}");
        assertThat(api.get("/api/v1/samples?updated_since=2026-11-24T09:30:00Z")
                        .json()
                        .path("records"))
                .hasSize(1);
    }

    @Test
    void sortedByAColumnWithGapsMissNobody() {
        createSamples(12);
        database.sql("update sample.thing set code = null where seats % 3 = 0").update();
        for (String sort :
                List.of("code", "-code", "amount", "-starts_on", "external_id", "-external_id", "updated_at")) {
            assertThat(everyPage("limit=5&sort=" + sort)).as(sort).hasSize(12).doesNotHaveDuplicates();
        }
    }

    @Test
    void acceptOnlyTheirOwnCursors() {
        createSamples(12);
        String cursor = api.get("/api/v1/samples?limit=5").json().path("next").asString();
        String flipped = (cursor.charAt(0) == 'A' ? 'B' : 'A') + cursor.substring(1);
        for (String path : List.of(
                "/api/v1/samples?cursor=" + flipped,
                "/api/v1/samples?cursor=x",
                "/api/v1/samples?sort=name&cursor=" + cursor,
                "/api/v1/samples?stage=live&cursor=" + cursor,
                "/api/v1/team-members?cursor=" + cursor)) {
            Reply reply = api.get(path);
            assertThat(reply.status()).as(path).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("bad-cursor");
        }
    }

    @Test
    void doNotReachColumnsThatAreNotDeclared() {
        for (String query : List.of(
                "sort=password_hash",
                "fields=*,api_key_hash",
                "password_hash=x",
                "limit=0",
                "limit=501",
                "limit=x",
                "sort=name&sort=email",
                "sort=name;drop",
                "role=KING",
                "updated_since=yesterday")) {
            assertThat(api.get("/api/v1/team-members?" + query).status())
                    .as(query)
                    .isEqualTo(422);
        }
    }

    /** External ids from the first page to the last. */
    private List<String> everyPage(String query) {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/api/v1/samples?" + query + cursor).json();
            page.path("records")
                    .forEach(record -> seen.add(record.path("external_id").asString()));
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());
        return seen;
    }

    private void createSamples(int count) {
        String items = IntStream.range(0, count)
                .mapToObj(i ->
                        "{\"external_id\":\"s-%1$d\",\"name\":\"N%1$d\",\"seats\":%1$d,\"stage\":\"%2$s\",\"code\":\"c%1$d\",\"starts_on\":\"2026-01-01\"}"
                                .formatted(i, i % 2 == 0 ? "live" : "onboarding"))
                .collect(Collectors.joining(","));
        assertThat(api.post("/api/v1/samples/bulk", "{\"items\":[" + items + "]}")
                        .json()
                        .path("created")
                        .asInt())
                .isEqualTo(count);
    }
}
