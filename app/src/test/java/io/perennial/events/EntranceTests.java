package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What customers' apps send and what is in the inbox once they have been thanked. */
@PerennialTest
class EntranceTests extends EntranceStory {

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
