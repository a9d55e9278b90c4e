package io.perennial.events.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.events.Sender;
import io.perennial.events.Sources;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several requests that are harmless alone, from the door to counted use. */
@PerennialTest
class HostileSequencesTests {

    private static final String USE = """
            {"messageId":"%s","type":"track","userId":"%s","event":"%s","context":{"groupId":"harbor"}}""";

    @Autowired
    Sources sources;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    EventReading reading;

    @Autowired
    MovableClock clock;

    Sender app;

    @BeforeEach
    void anAppIsConnected() {
        app = Sender.of("Planner", sources, people);
        new Book(database).account("harbor", "Harbor Freight Lines");
    }

    @Test
    void fiftyParallelSendsOfOneBatchAreOneBatch() throws Exception {
        String batch = batch(IntStream.range(0, 100).mapToObj(i -> USE.formatted("m" + i, "mia", "Export")));
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Future<HttpResponse<String>>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> app.send("/v1/batch", batch)))
                    .toList();
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
        reading.drain();
        assertThat(text("select events || ' and ' || repeated from events.source_day"))
                .isEqualTo("100 and 4900");
        assertThat(text("select events from usage.account_day")).isEqualTo("100");
    }

    @Test
    void whatIsSentAgainAfterFiftyHoursIsStillTheSame() {
        app.send("/v1/track", USE.formatted("m9", "mia", "Export"));
        reading.drain();
        clock.moveTo(clock.instant().plus(Duration.ofHours(50)));
        assertThat(app.send("/v1/track", USE.formatted("m9", "mia", "Export")).statusCode())
                .isEqualTo(200);
        reading.drain();
        assertThat(text("select sum(events) from usage.account_day")).isEqualTo("1");
    }

    @Test
    void theFirstContentOfAMessageIdIsKept() {
        app.send("/v1/track", USE.formatted("m1", "mia", "A"));
        assertThat(app.send("/v1/track", USE.formatted("m1", "mia", "B")).statusCode())
                .isEqualTo(200);
        reading.drain();
        assertThat(text("select string_agg(name, ',') from usage.feature")).isEqualTo("A");
        assertThat(app.send("/v1/track", USE.formatted("m1", "mia", "A")).statusCode())
                .isEqualTo(200);
        reading.drain();
        assertThat(text("select events || ', ' || repeated || ', ' || conflicts from events.source_day"))
                .isEqualTo("1, 2, 1");
        Visitor grace = people.admin();
        assertThat(grace.get("/admin/sources/" + app.source().id()).body())
                .contains("2 events came again with the same message id")
                .contains("1 of them said something else than the first");
    }

    @Test
    void aliasesInALoopEnd() {
        app.send("/v1/alias", "{\"previousId\":\"a\",\"userId\":\"b\"}");
        app.send("/v1/alias", "{\"previousId\":\"b\",\"userId\":\"a\"}");
        app.send("/v1/track", USE.formatted("m1", "a", "Export"));
        app.send("/v1/track", USE.formatted("m2", "b", "Export"));
        reading.drain();
        assertThat(text("select sum(events) from usage.account_day")).isEqualTo("2");
        assertThat(text("select count(*) from events.parked")).isEqualTo("0");
    }

    @Test
    void aChainOfTenThousandAliasesCostsTheNextEventNothing() {
        for (int from = 0; from < 10_000; from += 2_500) {
            String links = batch(IntStream.range(from, from + 2_500)
                    .mapToObj(
                            i -> "{\"type\":\"alias\",\"previousId\":\"u%d\",\"userId\":\"u%d\"}".formatted(i, i + 1)));
            assertThat(app.send("/v1/batch", links).statusCode()).isEqualTo(200);
        }
        reading.drain();
        long begun = System.nanoTime();
        assertThat(app.send("/v1/track", USE.formatted("last", "u0", "Export")).statusCode())
                .isEqualTo(200);
        reading.drain();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        assertThat(text("select sum(events) from usage.account_day")).isEqualTo("1");
        assertThat(text("select count(*) from events.parked")).isEqualTo("0");
    }

    @Test
    void traitsGiveNoPrivileges() {
        String before = text("select count(*) || string_agg(role, ',' order by id) from identity.team_member");
        app.send(
                "/v1/identify",
                "{\"userId\":\"u\",\"traits\":{\"role\":\"ADMIN\",\"account_id\":\"other\",\"password_hash\":\"x\"}}");
        reading.drain();
        assertThat(text("select count(*) || string_agg(role, ',' order by id) from identity.team_member"))
                .isEqualTo(before);
        assertThat(text("select count(*) from accounts.account")).isEqualTo("1");
    }

    @Test
    void keysInOddPlacesOpenNothingAndBreakNothing() {
        byte[] event = USE.formatted("m1", "mia", "Export").getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> inTheAddress = people.stranger()
                .send("POST", "/v1/track?writeKey=" + app.key(), BodyPublishers.ofByteArray(event), Map.of());
        assertThat(inTheAddress.statusCode()).isEqualTo(401);
        HttpResponse<String> withoutColon =
                app.send("/v1/track", event, Map.of("Authorization", Sender.basic(app.key())));
        assertThat(withoutColon.statusCode()).isIn(200, 401);
        assertThat(app.send("/v1/track", event, Map.of("Authorization", "Basic d2tfbGl2ZV94"))
                        .statusCode())
                .isEqualTo(401);
    }

    private static String batch(Stream<String> events) {
        return events.collect(Collectors.joining(",", "{\"batch\":[", "]}"));
    }

    private String text(String query) {
        return String.valueOf(database.sql(query).query(String.class).single());
    }
}
