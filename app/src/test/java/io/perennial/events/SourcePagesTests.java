package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.events.reading.EventReading;
import io.perennial.usage.counting.Silences;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An app is connected, watched and closed by an administrator. */
@PerennialTest
class SourcePagesTests {

    @Autowired
    Sources sources;

    @Autowired
    SchemaSampling sampling;

    @Autowired
    SourceDebugger debugger;

    @Autowired
    SeenSchema schema;

    @Autowired
    Silences silences;

    @Autowired
    EventReading reading;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    Visitor admin;

    @BeforeEach
    void anAdministrator() {
        admin = people.admin();
        sampling.look(); // what other tests sent
    }

    @Test
    void whoHasNoSourceIsToldHowToConnectAnApp() {
        String page = admin.get("/admin/sources").body();

        assertThat(page)
                .contains("Connect your app in three steps", "YOUR_WRITE_KEY", "/v1/track")
                .contains(people.address());
    }

    @Test
    void aNewSourceShowsItsKeyOnceAndTheKeyWorks() {
        HttpResponse<String> made = admin.post("/admin/sources", Map.of("name", "Planner"));
        String key = key(made.body());
        Source source = sources.list(Sender.administrator(people)).getFirst();

        assertThat(made.body()).contains("Copy the write key now", "curl -u '" + key);
        assertThat(new Sender(source, key, people.stranger())
                        .send("/v1/track", "{\"userId\":\"ada\",\"event\":\"Report opened\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(admin.get("/admin/sources/" + source.id()).body()).doesNotContain(key);
    }

    @Test
    void aNewKeyEndsTheOldOne() {
        Sender app = Sender.of("Planner", sources, people);

        HttpResponse<String> made = admin.post("/admin/sources/" + app.source().id() + "/key", Map.of());
        Sender next = new Sender(app.source(), key(made.body()), people.stranger());

        assertThat(app.send("/v1/track", "{\"userId\":\"ada\",\"event\":\"x\"}").statusCode())
                .isEqualTo(401);
        assertThat(next.send("/v1/track", "{\"userId\":\"ada\",\"event\":\"x\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aClosedSourceTakesNothingAndSaysSo() {
        Sender app = Sender.of("Planner", sources, people);
        String address = "/admin/sources/" + app.source().id();

        assertThat(admin.post(address + "/closure", Map.of()).statusCode()).isEqualTo(302);

        assertThat(app.send("/v1/track", "{\"userId\":\"ada\",\"event\":\"x\"}").statusCode())
                .isEqualTo(401);
        assertThat(admin.get(address).body())
                .contains("Closed", "Planner is closed")
                .doesNotContain("New key…");
        assertThat(admin.post(address + "/key", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void twoSourcesCannotHaveOneName() {
        Sender.of("Planner", sources, people);

        HttpResponse<String> refused = admin.post("/admin/sources", Map.of("name", "Planner"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("There is a source of that name already.");
    }

    @Test
    void onlyAdministratorsSeeSources() {
        Sender app = Sender.of("Planner", sources, people);
        for (Visitor other : List.of(people.leader(), people.csm("Ana"), people.support(), people.reader())) {
            for (String path :
                    List.of("", "/" + app.source().id(), "/" + app.source().id() + "/events")) {
                assertThat(other.get("/admin/sources" + path).statusCode())
                        .as(other.name() + path)
                        .isEqualTo(403);
            }
            assertThat(other.post("/admin/sources", Map.of("name", "Mine")).statusCode())
                    .isEqualTo(403);
        }
        assertThat(admin.get("/admin/sources/4711").statusCode()).isEqualTo(404);
    }

    @Test
    void theDebuggerSaysWhatBecameOfEachEvent() {
        new Book(database).account("acme", "Acme");
        Sender app = Sender.of("Planner", sources, people);
        app.send("/v1/batch", """
                {"batch": [
                  {"type":"track","userId":"ada","event":"Report opened","context":{"groupId":"acme"}},
                  {"type":"track","userId":"bob","event":"Report closed","context":{"groupId":"nova"}},
                  {"type":"track","userId":"zoe","event":"Report shared"},
                  {"type":"track","event":"Nobody did this"}]}
                """);
        reading.drain();

        assertThat(debugger.last(Sender.administrator(people), app.source().id()))
                .extracting(seen -> seen.verdict() + " " + seen.event().name() + ": " + seen.reason())
                .containsExactlyInAnyOrder(
                        "ACCEPTED Report opened: null",
                        "UNRESOLVED Report closed: There is no account nova yet.",
                        "UNRESOLVED Report shared: The account of user zoe is not known.",
                        "REFUSED Nobody did this: An event needs a userId or an anonymousId.");
        String address = "/admin/sources/" + app.source().id();
        assertThat(admin.get(address).body()).contains("Report opened", "Import the account", "Nobody did this");
        assertThat(admin.get(address + "/events?verdict=refused").body())
                .contains("Nobody did this")
                .doesNotContain("Report opened");
        assertThat(admin.get("/admin/sources").body()).contains("Receiving");
    }

    @Test
    void theDebuggerKnowsAfterARestartWhatCameBefore() {
        Sender app = Sender.of("Planner", sources, people);
        app.send("/v1/batch", """
                {"batch": [
                  {"type":"track","userId":"zoe","event":"Report shared"},
                  {"type":"track","event":"Nobody did this"}]}
                """);
        reading.drain();
        clock.moveTo(clock.instant().plusSeconds(1));

        SourceDebugger restarted =
                new SourceDebugger(database, new SourceActivity(database, clock), new StoredSightings(database), clock);
        assertThat(restarted.last(Sender.administrator(people), app.source().id()))
                .extracting(seen -> seen.verdict() + " " + seen.reason())
                .containsExactlyInAnyOrder(
                        "UNRESOLVED The account of user zoe is not known.",
                        "REFUSED An event needs a userId or an anonymousId.");
        assertThat(debugger.last(Sender.administrator(people), app.source().id()))
                .hasSize(2);
    }

    @Test
    void theSchemaHoldsNamesAndTypesAndNothingThatWasSaid() {
        Sender app = Sender.of("Planner", sources, people);
        app.send("/v1/track", """
                {"userId":"ada","event":"Report opened","properties":{"pages":3,"title":"Secret plan","tags":["a"]}}""");
        app.send("/v1/track", "{\"userId\":\"ada\",\"event\":\"Report opened\",\"properties\":{\"pages\":\"three\"}}");
        app.send("/v1/identify", "{\"userId\":\"ada\",\"traits\":{\"vip\":true}}");
        sampling.look();

        assertThat(schema.of(Sender.administrator(people), app.source().id()))
                .extracting(name -> name.kind() + " " + name.name() + " " + name.sampled() + " "
                        + name.properties().stream()
                                .map(property -> property.name() + property.types())
                                .toList())
                .containsExactly(
                        "track Report opened 2 [pages[number, text], tags[list], title[text]]",
                        "identify  1 [vip[yes or no]]");
        assertThat(admin.get("/admin/sources/" + app.source().id()).body())
                .contains("Schema seen", "pages")
                .doesNotContain("Secret plan");
    }

    @Test
    void aSourceThatInventsNamesFillsNoTable() {
        Sender app = Sender.of("Planner", sources, people);
        for (int batch = 0; batch < 4; batch++) {
            int from = 180 * batch;
            String events = String.join(
                    ",",
                    IntStream.range(from, from + 180)
                            .mapToObj(n -> "{\"type\":\"track\",\"userId\":\"ada\",\"event\":\"e" + n + "\"}")
                            .toList());
            app.send("/v1/batch", "{\"batch\":[" + events + "]}");
            sampling.look();
        }
        String many = String.join(
                ",", IntStream.range(0, 150).mapToObj(n -> "\"p" + n + "\":1").toList());
        app.send("/v1/track", "{\"userId\":\"ada\",\"event\":\"e1\",\"properties\":{" + many + "}}");
        sampling.look();

        List<SeenSchema.Name> names =
                schema.of(Sender.administrator(people), app.source().id());
        assertThat(names).hasSize(SeenSchema.NAMES);
        assertThat(names.getFirst().properties()).hasSize(SeenSchema.PROPERTIES);
    }

    @Test
    void aSilentSourceIsToldOfOnTodayOnItsPageAndOnTheAccounts() {
        Sender app = Sender.of("Planner", sources, people);
        silences.begin("source:" + app.source().id(), "Planner", clock.instant().minusSeconds(200_000), false);
        new Book(database).account("acme", "Acme");

        assertThat(admin.get("/").body()).doesNotContain("is silent");
        silences.tell("source:" + app.source().id(), clock.instant());

        assertThat(admin.get("/").body()).contains("Planner is silent", "/admin/sources");
        assertThat(people.leader().get("/").body())
                .contains("Planner is silent")
                .doesNotContain("/admin/sources");
        assertThat(people.csm("Ana").get("/").body()).doesNotContain("is silent");
        assertThat(admin.get("/admin/sources").body()).contains("Planner is silent");
    }

    private static String key(String page) {
        Matcher key = Pattern.compile("wk_[A-Za-z0-9]+_[A-Za-z0-9]{6}").matcher(page);
        assertThat(key.find()).isTrue();
        return key.group();
    }
}
