package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.events.reading.EventReading;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What customers' apps send and what is in the inbox once they have been thanked. */
@PerennialTest
class EntranceTests {

    private static final String CLOUD_BATCH = "application/cloudevents-batch+json";

    @Autowired
    Sources sources;

    @Autowired
    SourceActivity activity;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    @Autowired
    EventReading reading;

    Sender app;

    @BeforeEach
    void anAppIsConnected() {
        app = Sender.of("Planner", sources, people);
    }

    record Row(
            UUID message,
            int kind,
            Instant occurredAt,
            String user,
            String anonymous,
            String account,
            String name,
            String body) {}

    /** Freezing them while events come wrote every day twice, in the way of those who wait for their answer. */
    @Test
    void noDayOfTheInboxIsFrozenWhileEventsCome() {
        clock.moveBy(Duration.ofDays(1));
        reading.drain(); // makes days ahead, as the entrance makes those that are missing
        assertThat(app.send("/v1/track", "{\"userId\":\"u-1\",\"event\":\"Plan Saved\"}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(database.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = 'events.inbox'::regclass
                          and c.reloptions @> array['autovacuum_vacuum_insert_threshold=-1'] is not true
                        """).query(String.class).list()).isEmpty();
        assertThat(database.sql("select count(*) from pg_inherits where inhparent = 'events.inbox'::regclass")
                        .query(Integer.class)
                        .single())
                .isGreaterThan(1);
    }

    List<Row> inbox() {
        return database.sql("""
                select message, kind, occurred_at, user_ref, anonymous_ref, account_ref, name, body
                from events.inbox order by seq
                """)
                .query((row, number) -> new Row(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)))
                .list();
    }

    @Test
    void numbersThatNoReaderCouldHoldAreRefusedAtOnce() {
        String numbers = "{\"userId\":\"u\",\"event\":\"A\",\"properties\":{\"n\":%s}}";
        for (String number : List.of("1e-20000", "0e999999999", "0." + "0".repeat(17_000) + "1", "1e400")) {
            HttpResponse<String> answer = app.send("/v1/track", numbers.formatted(number));
            assertThat(answer.statusCode()).as(number).isEqualTo(400);
            assertThat(answer.body()).contains("number_out_of_range");
        }
        for (String number : List.of("1e-300", "0.30000000000000004", "-0", "1E+300", "9223372036854775808", "0e0")) {
            assertThat(app.send("/v1/track", numbers.formatted(number)).statusCode())
                    .as(number)
                    .isEqualTo(200);
        }
        assertThat(database.sql("select count(body::jsonb) from events.inbox")
                        .query(Long.class)
                        .single())
                .isEqualTo(6);
    }

    /** Corners of RFC 8259, each as a property; each is taken as it is and can become jsonb. */
    @Test
    void everythingThatIsJsonIsTaken() {
        List<String> corners = List.of(
                "[ ]",
                "[\t1 ,\r\n2]",
                "{ }",
                "{\"\":0}",
                "{\"a\":1,\"a\":2}",
                "{\"\\u0061\\n\":[{}]}",
                "[null,null]",
                "[[[[[[[[[[]]]]]]]]]]",
                "-0",
                "0e+1",
                "1E-2",
                "123.456e78",
                "\"\"",
                "\" \"",
                "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
                "\"\\u0022\\u005C\\uD834\\uDD1E\"",
                "\"\\\\u0000\"",
                "\"\u007f\u2028\u2029\ufeff\uffff\"",
                "\"\ud83d\ude00 \u20ac \u00e9\"",
                "true",
                "false",
                "null");
        for (String corner : corners) {
            assertThat(app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"A\",\"properties\":{\"p\":" + corner + "}}")
                            .statusCode())
                    .as(corner)
                    .isEqualTo(200);
        }
        assertThat(database.sql(
                                "select body::jsonb -> 'properties' = ('{\"p\":' || ? || '}')::jsonb from events.inbox order by seq desc limit 1")
                        .param(corners.getLast())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(database.sql("select count(body::jsonb) from events.inbox where body like '%\"p\":%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(corners.size());
    }

    @Test
    void everythingThatIsThankedForIsInTheInboxAsItCame() {
        String json = """
                {"messageId":"m1","type":"track","userId":"ada","event":"Report opened",
                 "properties":{"pages":3,"title":"Größe"},"context":{"groupId":"acme"}}""";
        HttpResponse<String> answer = app.send("/v1/track", json);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"success\":true}");
        assertThat(inbox()).singleElement().satisfies(row -> {
            assertThat(row.kind()).isEqualTo(1);
            assertThat(row.user()).isEqualTo("ada");
            assertThat(row.account()).isEqualTo("acme");
            assertThat(row.name()).isEqualTo("Report opened");
            assertThat(row.body()).isEqualTo(json);
            assertThat(row.occurredAt()).isEqualTo(MovableClock.START);
        });
    }

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
    void aBadEventInTheMiddleDoesNotCostTheGoodOnes() {
        HttpResponse<String> answer = app.send("/v1/batch", """
                {"batch":[{"type":"track","userId":"u","event":"A"},{"type":"track"},
                          {"type":"track","userId":"u","event":"C"}]}""");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"success\":true", "\"accepted\":2", "\"index\":1", "no_user_anon_id");
        assertThat(inbox().stream().map(Row::name)).containsExactly("A", "C");
        assertThat(activity.refusals(Sender.administrator(people), app.source().id(), 10))
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).startsWith("no_user_anon_id");
                    assertThat(refusal.excerpt()).isEqualTo("{\"type\":\"track\"}");
                });
    }

    @Test
    void aBatchWithoutAnyGoodEventIsNotASuccess() {
        HttpResponse<String> answer =
                app.send("/v1/batch", "{\"batch\":[{\"type\":\"track\"},{\"type\":\"purchase\",\"userId\":\"u\"}]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("no_user_anon_id", "unknown_type");
        assertThat(inbox()).isEmpty();
    }

    @Test
    void theSameMessageIdIsTheSameMessageOfThisSourceOnly() {
        Sender other = Sender.of("Mobile app", sources, people);
        String json = "{\"messageId\":\"m1\",\"userId\":\"u\",\"event\":\"A\"}";
        app.send("/v1/track", json);
        app.send("/v1/batch", "{\"batch\":[" + json.replace("\"u\"", "\"u\",\"type\":\"track\"") + "]}");
        other.send("/v1/track", json);
        List<UUID> messages = inbox().stream().map(Row::message).toList();
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0)).isEqualTo(messages.get(1)).isNotEqualTo(messages.get(2));
    }

    @Test
    void eventsWithoutAMessageIdAreEachTheirOwn() {
        app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"A\"}");
        app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"A\"}");
        assertThat(new HashSet<>(inbox().stream().map(Row::message).toList())).hasSize(2);
    }

    @Test
    void aClockThatIsAnHourFastIsCorrected() {
        String happened = MovableClock.START.plus(Duration.ofMinutes(50)).toString();
        String sent = MovableClock.START.plus(Duration.ofMinutes(60)).toString();
        app.send(
                "/v1/batch",
                "{\"batch\":[{\"type\":\"track\",\"userId\":\"u\",\"event\":\"A\",\"timestamp\":\"" + happened
                        + "\"}],\"sentAt\":\"" + sent + "\"}");
        assertThat(inbox().getFirst().occurredAt()).isEqualTo(MovableClock.START.minus(Duration.ofMinutes(10)));
    }

    @Test
    void impossibleTimesAreReplacedAndSaid() {
        app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"A\",\"timestamp\":\"9999-12-31T23:59:59Z\"}");
        app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"A\",\"timestamp\":\"0001-01-01T00:00:00Z\"}");
        assertThat(inbox().stream().map(Row::occurredAt))
                .containsExactly(MovableClock.START, Instant.parse("2000-01-01T00:00:00Z"));
        assertThat(activity.last(Sender.administrator(people), app.source().id()).stream()
                        .map(Sighting::code))
                .containsExactly("too_old", "future");
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

    private int binary(String type, byte[] data) {
        return app.send(
                        "/api/v1/events",
                        data,
                        Map.of(
                                "ce-specversion",
                                "1.0",
                                "ce-id",
                                "" + Arrays.hashCode(data),
                                "ce-source",
                                "/planner",
                                "ce-type",
                                "opened",
                                "ce-userid",
                                "ada",
                                "Content-Type",
                                type))
                .statusCode();
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

    @Test
    void manyAtOnceAllArriveAndTheHourCountsThem() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> answers = threads
                    .invokeAll(IntStream.range(0, 200)
                            .<Callable<Integer>>mapToObj(number -> () -> app.send(
                                            "/v1/batch",
                                            IntStream.range(0, 10)
                                                    .mapToObj(i -> "{\"type\":\"track\",\"messageId\":\"" + number + "-"
                                                            + i + "\",\"userId\":\"u\",\"event\":\"A\"}")
                                                    .collect(Collectors.joining(
                                                            ",", "{\"batch\":[", ",{\"type\":\"track\"}]}")))
                                    .statusCode())
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(answers).containsOnly(200);
        }
        assertThat(new HashSet<>(inbox().stream().map(Row::message).toList())).hasSize(2_000);
        assertThat(activity.hours(Sender.administrator(people), app.source().id()))
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.accepted()).isEqualTo(2_000);
                    assertThat(hour.refused()).isEqualTo(200);
                });
        assertThat(activity.minutes(Sender.administrator(people), app.source().id())
                        .getFirst()
                        .accepted())
                .isEqualTo(2_000);
        assertThat(activity.last(Sender.administrator(people), app.source().id()))
                .hasSize(100);
    }

    @Test
    void eachDayHasItsPartition() {
        // Far from the days that other tests of this server have filled and dropped.
        clock.moveBy(Duration.between(clock.instant(), Instant.parse("2028-05-30T09:00:00Z")));
        app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"A\"}");
        clock.moveBy(Duration.ofDays(1));
        app.send("/v1/track", "{\"userId\":\"u\",\"event\":\"B\"}");
        assertThat(database.sql("select tableoid::regclass::text from events.inbox order by seq")
                        .query(String.class)
                        .list())
                .containsExactly("events.inbox_2028_05_30", "events.inbox_2028_05_31");
    }
}
