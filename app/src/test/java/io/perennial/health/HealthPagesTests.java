package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class HealthPagesTests {

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    Signals signals;

    @Autowired
    HealthModels models;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    private AccountId oslo;
    private Visitor leader;

    @BeforeEach
    void osloFerryLosesItsChampion() {
        Facts facts = new Facts(records);
        oslo = facts.account("oslo", "Oslo Ferry", "Mid-market");
        facts.line("oslo-1", "oslo", "140000", 100, "2025-03-01", "2027-09-01");
        facts.contact("jon", "oslo", "champion");
        facts.contactLeft("jon", "oslo", "2026-11-20");
        facts.call("t1", "oslo", "2026-11-20T10:00:00Z");
        live.drain();
        leader = people.leader();
    }

    @Test
    void theTriageListSaysWhatItIsWorthAndWhatToDo() {
        var answer = leader.get("/signals");
        assertThat(answer.statusCode()).isEqualTo(200);
        var rows = Jsoup.parse(answer.body()).select("li.signal");
        assertThat(rows).hasSize(1);
        assertThat(rows.text()).contains("Oslo Ferry", "A contact has left", "jon", "140,000", "Map the contacts anew");
    }

    @Test
    void aSignalIsSnoozedWithoutLeavingTheList() {
        UUID id = signal();
        var answer = leader.send(
                "POST",
                "/signals/" + id + "/snooze",
                HttpRequest.BodyPublishers.ofString("until=2026-12-01&reason=On+holiday"),
                Map.of("HX-Request", "true", "Content-Type", "application/x-www-form-urlencoded"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("snoozed until 1 Dec 2026", "Undo").doesNotContain("<html");
        assertThat(Jsoup.parse(leader.get("/signals").body()).select("li.signal"))
                .isEmpty();
        assertThat(Jsoup.parse(leader.get("/signals?show=snoozed").body()).select("li.signal"))
                .hasSize(1);
    }

    @Test
    void aSnoozeWithoutAReasonIsRefusedInWords() {
        var answer = leader.post("/signals/" + signal() + "/snooze", Map.of("until", "2026-12-01", "reason", " "));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Say why it can wait.");
    }

    @Test
    void aSignalThatDoesNotExistIsNotFound() {
        assertThat(leader.post("/signals/" + UUID.randomUUID() + "/acknowledgement", Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyPageOfHealthIsServed() {
        UUID model = models.all().getFirst().id();
        for (String path : List.of(
                "/health",
                "/health?from=2026-11-01&to=2026-11-24",
                "/health/movement?from=2026-11-01&to=2026-11-24&was=UNKNOWN&is=UNKNOWN",
                "/health/models/" + model,
                "/signals?cause=silence",
                "/signals/why?account=" + oslo,
                "/accounts/" + oslo,
                "/accounts/" + oslo + "?tab=health")) {
            var answer = leader.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).doesNotContain("style=");
        }
    }

    @Test
    void theAccountPageShowsEarnedAndMissingPointsThatSumToTheScore() {
        var page = Jsoup.parse(leader.get("/accounts/" + oslo + "?tab=health").body());
        assertThat(page.text()).contains("Earned and missing points", "not connected", "left");
    }

    @Test
    void theModelPageSaysThatNothingIsDecidedYet() {
        var page = leader.get("/health/models/" + models.all().getFirst().id());
        assertThat(page.body()).contains("Not enough history: 0 of 30 decided renewals");
    }

    @Test
    void aDraftIsPublishedWithAReasonAndScoresEverybodyAnew() {
        var standard = models.all().getFirst();
        String text = standard.model().text().replace("watch_from: 45", "watch_from: 50");
        var saved = leader.post("/health/models/" + standard.id() + "/drafts", Map.of("text", text));
        assertThat(saved.statusCode()).isEqualTo(302);
        String draft = saved.headers().firstValue("Location").orElseThrow();
        draft = draft.substring(draft.lastIndexOf('/') + 1);
        assertThat(leader.post("/health/models/" + draft + "/publication", Map.of("reason", " "))
                        .statusCode())
                .isEqualTo(422);
        assertThat(leader.post("/health/models/" + draft + "/publication", Map.of("reason", "Watch earlier"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(models.all().stream().filter(version -> version.inForce()).toList())
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.version()).isEqualTo(2);
                    assertThat(version.reason()).isEqualTo("Watch earlier");
                });
        assertThat(database.sql("select count(*) from platform.job where kind = 'health-recompute'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aBrokenModelTextIsRefusedWithItsLine() {
        var standard = models.all().getFirst();
        var answer = leader.post(
                "/health/models/" + standard.id() + "/drafts",
                Map.of("text", standard.model().text().replace("weight: 14", "weight: many")));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Line ");
    }

    @Test
    void programsReadHealthNowAndThenAndWorkOnSignals() {
        Visitor program = people.program("read", "write");
        var now = program.get("/api/v1/accounts/oslo/health");
        assertThat(now.statusCode()).isEqualTo(200);
        assertThat(now.body()).contains("\"parts\"", "contacts_left_90");
        assertThat(program.get("/api/v1/accounts/oslo/health?as_of=2026-11-01").statusCode())
                .isEqualTo(200);
        assertThat(program.get("/api/v1/accounts/oslo/health?as_of=soon").statusCode())
                .isEqualTo(400);
        assertThat(program.get("/api/v1/accounts/nobody/health").statusCode()).isEqualTo(404);
        assertThat(program.get("/api/v1/signals").body()).contains("contact_left");
        var done = program.json("POST", "/api/v1/signals/" + signal() + "/outcome", "{\"outcome\":\"Met Eva\"}");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("\"state\":\"done\"");
    }

    private UUID signal() {
        return signals.of(oslo, 1).getFirst().id();
    }
}
