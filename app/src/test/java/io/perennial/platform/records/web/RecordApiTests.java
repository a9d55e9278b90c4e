package io.perennial.platform.records.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.web.ApiCaller.Reply;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApiTest
class RecordApiTests {

    private static final String ANA = "{\"name\":\"Ana Reyes\",\"email\":\"Ana@Example.com\"}";

    @Autowired
    People people;

    ApiCaller api;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    @BeforeEach
    void holdsAKey() {
        api = caller("read", "write");
    }

    private ApiCaller caller(String... scopes) {
        return ApiCaller.of(people, scopes);
    }

    @Nested
    class OneRecord {

        @Test
        void isCreatedThenMergedThenReadBack() {
            assertThat(api.put("/api/v1/team-members/m-1", ANA).status()).isEqualTo(201);
            Reply merged = api.put(
                    "/api/v1/team-members/m-1", "{\"time_zone\":\"Europe/Madrid\",\"attributes\":{\"desk\":4}}");
            assertThat(merged.status()).isEqualTo(200);
            assertThat(merged.json().path("result").asString()).isEqualTo("updated");

            JsonNode read = api.get("/api/v1/team-members/m-1").json();
            assertThat(read.path("name").asString()).isEqualTo("Ana Reyes");
            assertThat(read.path("email").asString()).isEqualTo("ana@example.com");
            assertThat(read.path("role").asString()).isEqualTo("CSM");
            assertThat(read.path("attributes").path("desk").asInt()).isEqualTo(4);
            assertThat(read.path("version").asInt()).isEqualTo(2);
            assertThat(read.has("password_hash")).isFalse();
        }

        @Test
        void writtenEqualAgainIsUnchangedAndLeavesNoTrace() {
            api.put("/api/v1/team-members/m-1", ANA);
            Reply again = api.put("/api/v1/team-members/m-1", ANA);
            assertThat(again.json().path("result").asString()).isEqualTo("unchanged");
            assertThat(count("platform.change")).isEqualTo(1);
        }

        @Test
        void sayingSomethingUnknownIsRefusedByName() {
            Reply reply = api.put("/api/v1/team-members/m-1", "{\"name\":\"A\",\"password_hash\":\"x\",\"id\":\"y\"}");
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
            assertThat(reply.errorCodes()).isEqualTo("unknown_column,read_only");
            assertThat(count("identity.team_member")).isZero();
        }

        @Test
        void withBadValuesNamesEachOfThem() {
            Reply reply = api.put(
                    "/api/v1/samples/s-1",
                    "{\"seats\":\"1.5\",\"starts_on\":\"03/04/2026\",\"currency\":\"DEM\",\"amount\":1e400,\"roles\":{}}");
            assertThat(reply.errorCodes())
                    .isEqualTo("not_a_whole_number,ambiguous_date,unknown_currency,out_of_range,wrong_type");
        }

        @Test
        void changedByAnotherSinceItWasReadIsNotOverwritten() {
            api.put("/api/v1/team-members/m-1", ANA);
            String tag = api.get("/api/v1/team-members/m-1").header("ETag");
            api.put("/api/v1/team-members/m-1", "{\"name\":\"Ana R.\"}");
            assertThat(api.put("/api/v1/team-members/m-1", "{\"name\":\"A\"}", "If-Match", tag)
                            .status())
                    .isEqualTo(412);
        }

        @Test
        void mayNameItsAccountByAContract() {
            api.put("/api/v1/accounts/a-1", "{\"name\":\"Harbor Freight Lines\"}");
            api.put("/api/v1/accounts/a-2", "{\"name\":\"Other\"}");
            api.put("/api/v1/contracts/c-1", "{\"account\":\"a-1\",\"starts_on\":\"2026-01-01\"}");
            String opened = "{\"opened_at\":\"2026-11-18T09:12:00Z\",\"contract\":\"c-1\"";
            assertThat(api.put("/api/v1/cases/k-1", opened + "}").status()).isEqualTo(201);
            assertThat(api.get("/api/v1/cases/k-1").json().path("account").asString())
                    .isEqualTo("a-1");
            assertThat(api.put("/api/v1/cases/k-2", opened + ",\"account\":\"a-2\"}")
                            .errorCodes())
                    .isEqualTo("conflicting_reference");
        }

        @Test
        void withStrangeIdsIsNeverAnErrorOfOurs() {
            for (String id : List.of("0", "-1", "1e9", "9223372036854775808", "null", "x".repeat(300), "%E2%82%AC")) {
                assertThat(api.get("/api/v1/samples/" + id).status()).isIn(404, 422);
            }
            assertThat(api.put("/api/v1/samples/" + "x".repeat(300), "{\"name\":\"A\"}")
                            .status())
                    .isEqualTo(422);
            assertThat(api.get("/api/v1/nothing/1").code()).isEqualTo("unknown-type");
        }
    }

    @Nested
    class Bodies {

        @Test
        void mustBeJsonInUtf8OfBoundedSizeAndDepth() {
            String path = "/api/v1/samples/s-1";
            assertThat(api.put(path, "a=1", "Content-Type", "application/x-www-form-urlencoded")
                            .status())
                    .isEqualTo(415);
            assertThat(api.put(path, "<a/>", "Content-Type", "application/xml").status())
                    .isEqualTo(415);
            assertThat(api.put(path, "{}", "Content-Encoding", "gzip").status()).isEqualTo(415);
            assertThat(api.put(path, "{\"name\":").code()).isEqualTo("malformed-json");
            assertThat(api.put(path, "{\"name\":\"A\",\"name\":\"B\"}").code()).isEqualTo("malformed-json");
            assertThat(api.put(path, "{\"name\":\"A\"} x").code()).isEqualTo("malformed-json");
            assertThat(api.put(path, "[]").status()).isEqualTo(422);
            assertThat(api.put(path, "").status()).isIn(400, 422);
            assertThat(api.put(path, "[".repeat(200) + "]".repeat(200)).code()).isEqualTo("too-deep");
            byte[] latin = "{\"name\":\"Café\"}".getBytes(StandardCharsets.ISO_8859_1);
            assertThat(api.send("PUT", path, latin).code()).isEqualTo("invalid-utf8");
            assertThat(api.put(path, "{\"name\":\"" + "x".repeat(300_000) + "\"}")
                            .status())
                    .isEqualTo(413);
            assertThat(api.post("/api/v1/samples/bulk", "{\"items\":[\"" + "x".repeat(21_000_000) + "\"]}")
                            .status())
                    .isEqualTo(413);
            assertThat(count("sample.thing")).isZero();
        }

        @Test
        void mayHoldHostileTextWhichStaysText() {
            String hostile = "${jndi:ldap://127.0.0.1:1389/a} <script>alert(1)</script> '; drop table x; --";
            api.put(
                    "/api/v1/samples/s-1",
                    "{\"name\":\"" + hostile + "\",\"attributes\":{\"a'b\":\"" + hostile + "\"}}");
            assertThat(api.get("/api/v1/samples/s-1").json().path("name").asString())
                    .isEqualTo(hostile);
            assertThat(api.put("/api/v1/samples/s-2", "{\"name\":\"A\\u0000B\"}")
                            .errorCodes())
                    .isEqualTo("control_character");
            assertThat(api.put("/api/v1/samples/s-2", "{\"name\":\"A\\ud800B\"}")
                            .status())
                    .isIn(400, 422);
        }
    }

    @Nested
    class Bulk {

        @Test
        void answersEachItem() {
            Reply reply = api.post("/api/v1/team-members/bulk", """
                    {"items":[{"external_id":"m-1","name":"Ana","email":"a@example.com"},
                              {"external_id":"m-2","name":"Bo"},
                              {"external_id":3,"name":"Cy","email":"c@example.com"},
                              {"name":"No id","email":"d@example.com"},
                              {"external_id":"m-5","name":"Di","email":"A@example.com"},
                              {"external_id":"m-6","shoe":"42"},
                              7]}
                    """);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("created").asInt()).isEqualTo(2);
            assertThat(reply.json().path("invalid").asInt()).isEqualTo(5);
            List<String> codes = new ArrayList<>();
            reply.json()
                    .path("results")
                    .forEach(result ->
                            codes.add(result.path("errors").path(0).path("code").asString()));
            assertThat(codes)
                    .containsExactly("", "required", "", "required", "not_unique", "unknown_column", "wrong_type");
        }

        @Test
        void isBounded() {
            String items = IntStream.range(0, 5_001).mapToObj(i -> "{}").collect(Collectors.joining(","));
            assertThat(api.post("/api/v1/samples/bulk", "{\"items\":[" + items + "]}")
                            .code())
                    .isEqualTo("too-many-items");
            assertThat(api.post("/api/v1/samples/bulk", "{}").errorCodes()).isEqualTo("required");
        }
    }

    @Nested
    class IdempotencyKeys {

        private static final String BULK =
                "{\"items\":[{\"external_id\":\"m-1\",\"name\":\"Ana\",\"email\":\"a@example.com\"}]}";

        @Test
        void repeatTheAnswerByteByByte() {
            Reply first = api.post("/api/v1/team-members/bulk", BULK, "Idempotency-Key", "k-1");
            Reply second = api.post("/api/v1/team-members/bulk", BULK, "Idempotency-Key", "k-1");
            assertThat(second.raw().body()).isEqualTo(first.raw().body());
            assertThat(second.status()).isEqualTo(first.status());
            assertThat(first.header("Idempotent-Replayed")).isEmpty();
            assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(second.json().path("created").asInt()).isEqualTo(1);
        }

        @Test
        void belongToOneBodyOneKeyAndOnePath() {
            api.post("/api/v1/team-members/bulk", BULK, "Idempotency-Key", "k-1");
            assertThat(api.post("/api/v1/team-members/bulk", "{\"items\":[]}", "Idempotency-Key", "k-1")
                            .code())
                    .isEqualTo("idempotency-key-reused");
            Reply other = caller("write").post("/api/v1/team-members/bulk", BULK, "Idempotency-Key", "k-1");
            assertThat(other.json().path("unchanged").asInt()).isEqualTo(1);
            assertThat(api.post("/api/v1/samples/bulk", "{\"items\":[]}", "Idempotency-Key", "k-1")
                            .status())
                    .isEqualTo(200);
            clock.moveBy(Duration.ofHours(49));
            assertThat(api.post("/api/v1/team-members/bulk", BULK, "Idempotency-Key", "k-1")
                            .header("Idempotent-Replayed"))
                    .isEmpty();
        }

        @Test
        void mayBeUsedAgainAfterRefusedInput() {
            Reply refused = api.put("/api/v1/team-members/m-1", "{\"name\":\"\"}", "Idempotency-Key", "k-2");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(api.put("/api/v1/team-members/m-1", ANA, "Idempotency-Key", "k-2")
                            .status())
                    .isEqualTo(201);
            assertThat(api.put("/api/v1/team-members/m-1", ANA, "Idempotency-Key", "k".repeat(256))
                            .status())
                    .isEqualTo(400);
            assertThat(api.put("/api/v1/team-members/m-1", ANA, "Idempotency-Key", "k".repeat(255))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void runACommandOnceHoweverManyAskAtOnce() throws Exception {
            List<Reply> replies = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = IntStream.range(0, 60)
                    .mapToObj(i -> Thread.ofVirtual()
                            .start(() ->
                                    replies.add(api.post("/api/v1/team-members/bulk", BULK, "Idempotency-Key", "k-3"))))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(replies)
                    .allMatch(reply -> reply.status() == 200
                            || (reply.status() == 409
                                    && reply.code().equals("in-progress")
                                    && reply.header("Retry-After").equals("1")));
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 200
                            && reply.header("Idempotent-Replayed").isEmpty())
                    .hasSize(1);
            assertThat(count("platform.change")).isEqualTo(1);
        }
    }

    @Nested
    class Keys {

        @Test
        void needTheScopeOfWhatTheyDo() {
            assertThat(caller("read").put("/api/v1/team-members/m-1", ANA).status())
                    .isEqualTo(403);
            assertThat(caller("import").get("/api/v1/team-members").status()).isEqualTo(403);
            assertThat(api.post("/api/v1/team-members/m-1", ANA, "X-HTTP-Method-Override", "DELETE")
                            .status())
                    .isEqualTo(405);
        }

        @Test
        void areSlowedDownOneByOne() {
            Reply last = api.get("/api/v1/nothing");
            assertThat(last.header("RateLimit-Limit")).isEqualTo("1000");
            assertThat(last.header("RateLimit-Remaining")).isEqualTo("999");
            for (int i = 0; i < 3_000 && last.status() != 429; i++) {
                last = api.get("/api/v1/nothing");
            }
            assertThat(last.status()).isEqualTo(429);
            assertThat(last.code()).isEqualTo("too-many-requests");
            assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 10);
            assertThat(caller("read").get("/api/v1/team-members").status()).isEqualTo(200);
        }
    }

    private long count(String table) {
        return database.sql("select count(*) from " + table).query(Long.class).single();
    }
}
