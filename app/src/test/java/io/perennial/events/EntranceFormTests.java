package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The forms in which events come: packed, short, as CloudEvents, from pages of other sites, with and without keys. */
@PerennialTest
class EntranceFormTests extends EntranceStory {

    @Test
    void eachAddressKnowsItsKindAlsoByItsShortName() {
        app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"A\"}");
        app.send("/v1/p", "{\"userId\":\"u\",\"name\":\"Home\"}");
        app.send("/v1/screen/", "{\"anonymousId\":\"x\",\"name\":\"Start\"}");
        app.send("/v1/identify", "{\"userId\":\"u\",\"traits\":{\"email\":\"a@b.example\"}}");
        app.send("/v1/g", "{\"userId\":\"u\",\"groupId\":\"acme\"}");
        app.send("/v1/alias", "{\"userId\":\"u\",\"previousId\":\"x\"}");
        assertThat(inbox().stream().map(Row::kind)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(inbox().get(1).name()).isEqualTo("Home");
        assertThat(inbox().get(2).anonymous()).isEqualTo("x");
        assertThat(inbox().get(4).account()).isEqualTo("acme");
    }

    @Test
    void packedBodiesAreReadWhateverTheirContentType() {
        byte[] packed = Sender.gzip("{\"batch\":[{\"type\":\"track\",\"userId\":\"u\",\"event\":\"A\"}]}");
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
        assertThat(app.send("/v1/batch", packed, Map.of("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(app.send("/v1/batch", packed, form).statusCode()).isEqualTo(200);
        assertThat(app.send(
                                "/v1/batch",
                                "nonsense".getBytes(StandardCharsets.UTF_8),
                                Map.of("Content-Encoding", "gzip"))
                        .body())
                .contains("invalid_gzip");
        assertThat(inbox()).hasSize(2);
    }

    @Test
    void aSmallBodyThatUnpacksToALargeOneIsRefused() {
        byte[] bomb = Sender.gzip("{\"batch\":[" + " ".repeat(5_000_000) + "]}");
        assertThat(app.send("/v1/batch", bomb, Map.of("Content-Encoding", "gzip"))
                        .body())
                .contains("batch_too_large");
    }

    @Test
    void theWriteKeyMayStandInTheBodyAndIsNotKept() {
        String json = "{\"writeKey\":\"" + app.key() + "\",\"userId\":\"u\",\"event\":\"A\"}";
        HttpResponse<String> answer = people.stranger().json("POST", "/v1/track", json);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(inbox().getFirst().body())
                .doesNotContain(app.key())
                .contains("***")
                .hasSameSizeAs(json);
    }

    @Test
    void onlyAnOpenSourcesKeyOpens() {
        String json = "{\"userId\":\"u\",\"event\":\"A\"}";
        Sender other = Sender.of("Mobile app", sources, people);
        assertThat(people.stranger().json("POST", "/v1/track", json).statusCode())
                .isEqualTo(401);
        assertThat(people.stranger()
                        .json("POST", "/v1/track?writeKey=" + app.key(), json)
                        .statusCode())
                .isEqualTo(401);
        assertThat(people.program("write").json("POST", "/v1/track", json).statusCode())
                .isEqualTo(401);
        assertThat(people.program("write").json("POST", "/api/v1/events", "[]").statusCode())
                .isEqualTo(401);
        assertThat(people.admin().json("POST", "/v1/track", json).statusCode()).isEqualTo(401);
        assertThat(app.send("/v1/track", json.getBytes(StandardCharsets.UTF_8), Map.of("Authorization", "Basic d2tf"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(app.send("/v1/track", "{\"writeKey\":\"" + other.key() + "\",\"userId\":\"u\",\"event\":\"A\"}")
                        .body())
                .contains("conflicting_credentials");
        assertThat(inbox()).isEmpty();
    }

    @Test
    void aClosedSourceAndAnOldKeyAreRefusedAtOnce() {
        String json = "{\"userId\":\"u\",\"event\":\"A\"}";
        assertThat(app.send("/v1/track", json).statusCode()).isEqualTo(200);
        String fresh = sources.rotate(Sender.administrator(people), app.source().id())
                .orElseThrow()
                .key();
        assertThat(app.send("/v1/track", json).statusCode()).isEqualTo(401);
        Sender renewed = new Sender(app.source(), fresh, app.visitor());
        assertThat(renewed.send("/v1/track", json).statusCode()).isEqualTo(200);
        sources.close(Sender.administrator(people), app.source().id());
        assertThat(renewed.send("/v1/track", json).statusCode()).isEqualTo(401);
    }

    @Test
    void cloudEventsComeInOneByOneAndInBatches() {
        String event = """
                {"specversion":"1.0","id":"7","source":"/planner","type":"report.opened","subject":"ada",
                 "accountid":"acme","time":"2026-11-24T08:59:00Z","data":{"pages":3}}""";
        Map<String, String> batch = Map.of("Content-Type", CLOUD_BATCH);
        byte[] two = ("[" + event + "," + event.replace("/planner", "/mobile") + "]").getBytes(StandardCharsets.UTF_8);
        assertThat(app.send("/api/v1/events", two, batch).statusCode()).isEqualTo(200);
        assertThat(app.send(
                                "/api/v1/events",
                                event.getBytes(StandardCharsets.UTF_8),
                                Map.of("Content-Type", "application/cloudevents+json; charset=utf-8"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(app.send("/api/v1/events", event).statusCode()).isEqualTo(415);
        List<Row> rows = inbox();
        assertThat(rows.getFirst().user()).isEqualTo("ada");
        assertThat(rows.getFirst().account()).isEqualTo("acme");
        assertThat(rows.getFirst().name()).isEqualTo("report.opened");
        assertThat(rows.getFirst().occurredAt()).isEqualTo(Instant.parse("2026-11-24T08:59:00Z"));
        assertThat(rows.get(2).message())
                .isEqualTo(rows.get(0).message())
                .isNotEqualTo(rows.get(1).message());
    }

    @Test
    void aCloudEventMayHaveItsAttributesInHeaders() {
        Map<String, String> attributes = Map.of(
                "ce-specversion",
                "1.0",
                "ce-id",
                "7",
                "ce-source",
                "/planner",
                "ce-type",
                "report.opened",
                "ce-userid",
                "J%C3%B6rg 100%",
                "ce-accountid",
                "acme",
                "ce-time",
                "2026-11-24T08:59:00Z",
                "Content-Type",
                "application/json");
        assertThat(app.send("/api/v1/events", "{\"pages\":3}".getBytes(StandardCharsets.UTF_8), attributes)
                        .statusCode())
                .isEqualTo(200);
        String same = """
                {"specversion":"1.0","id":"7","source":"/planner","type":"report.opened","userid":"Jörg 100%"}""";
        app.send(
                "/api/v1/events",
                same.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/cloudevents+json"));

        List<Row> rows = inbox();
        assertThat(rows.getFirst().user()).isEqualTo("Jörg 100%");
        assertThat(rows.getFirst().account()).isEqualTo("acme");
        assertThat(rows.getFirst().name()).isEqualTo("report.opened");
        assertThat(rows.getFirst().occurredAt()).isEqualTo(Instant.parse("2026-11-24T08:59:00Z"));
        assertThat(rows.get(1).message())
                .as("the same event in either mode")
                .isEqualTo(rows.getFirst().message());
    }

    @Test
    void theDataOfABinaryCloudEventIsAnythingWithinTheLimits() {
        assertThat(binary("text/plain", "say \"hello\"".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(200);
        assertThat(binary("application/octet-stream", new byte[] {0, 1, (byte) 0xff}))
                .isEqualTo(200);
        assertThat(binary("application/json", new byte[0])).isEqualTo(200);
        assertThat(binary("application/json", "1},\"userid\":\"x\"".getBytes(StandardCharsets.UTF_8)))
                .as("not one JSON value")
                .isEqualTo(400);
        assertThat(binary("application/json", "1,\"userid\":\"x\"".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(400);
        assertThat(binary("application/json", new byte[] {'"', (byte) 0xff, '"'}))
                .isEqualTo(400);
        assertThat(binary("text/plain", new byte[40_000])).as("too large").isEqualTo(400);
        assertThat(inbox()).hasSize(3);
        assertThat(app.send(
                                "/api/v1/events",
                                new byte[0],
                                Map.of("ce-specversion", "1.0", "ce-userid", "ada", "Content-Type", "text/plain"))
                        .body())
                .contains("A CloudEvent has specversion, id, source and type.");
    }

    @Test
    void pagesOfOtherSitesMayAskAndSend() {
        HttpResponse<String> asked = people.stranger()
                .send(
                        "OPTIONS",
                        "/v1/t",
                        BodyPublishers.noBody(),
                        Map.of("Origin", "https://shop.example", "Access-Control-Request-Method", "POST"));
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        HttpResponse<String> sent = app.send(
                "/v1/t",
                "{\"userId\":\"u\",\"event\":\"A\"}".getBytes(StandardCharsets.UTF_8),
                Map.of("Origin", "https://shop.example", "Sec-Fetch-Site", "cross-site"));
        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(sent.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }
}
