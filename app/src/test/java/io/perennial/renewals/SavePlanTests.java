package io.perennial.renewals;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A renewal at risk, what is done about it, and the other looks at what is due. */
@PerennialTest
class SavePlanTests {

    @Autowired
    JdbcClient database;

    @Autowired
    DueTerms terms;

    @Autowired
    Renewals renewals;

    @Autowired
    SavePlans plans;

    @Autowired
    People people;

    DueBook due;
    Visitor ana;
    AccountId oslo;
    String desk;

    @BeforeEach
    void osloFerryIsAtRisk() {
        due = new DueBook(database, terms);
        ana = people.csm("Ana Reyes");
        oslo = due.customer("oslo", "Oslo Ferry", "2027-03-15");
        due.ownedBy(oslo, ana.id());
        due.healthOf(oslo, "AT_RISK", 31);
        due.kept();
        desk = renewals.of(oslo).getFirst().address();
    }

    @Test
    void aPlanHasStepsWithOwnersAndAnEndThatCounts() {
        assertThat(ana.get(desk).body()).contains("It is at risk, and no plan runs");
        assertThat(ana.post(desk + "/plan", Map.of("reason", "weather", "goal", "x"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(ana.post(desk + "/plan", Map.of("reason", "value", "goal", " "))
                        .statusCode())
                .isEqualTo(422);
        ana.post(desk + "/plan", Map.of("reason", "value", "goal", "The export runs again"));
        assertThat(ana.post(desk + "/plan", Map.of("reason", "cost", "goal", "Another"))
                        .body())
                .contains("A plan runs already");

        assertThat(ana.post(desk + "/plan/steps", Map.of("title", "Call them", "day", "soon"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(ana.post(desk + "/plan/steps", Map.of("title", " ", "day", "2026-12-01"))
                        .statusCode())
                .isEqualTo(422);
        ana.post(desk + "/plan/steps", Map.of("title", "Call them", "day", "2026-12-01"));
        assertThat(ana.get(desk).body()).contains("Save plan: 0 of 1 steps done", "Call them", "by 1 Dec 2026");
        assertThat(ana.get("/").body()).contains("Call them");
        assertThat(ana.get("/renewals?only=plan").body()).contains("Oslo Ferry");

        assertThat(ana.post(desk + "/plan/end", Map.of("result", "saved", "note", ""))
                        .statusCode())
                .isEqualTo(422);
        ana.post(desk + "/plan/end", Map.of("result", "partly", "note", "Half the seats stay"));

        assertThat(plans.rate(viewer()).words()).isEqualTo("100 %");
        assertThat(ana.get("/renewals/forecast").body()).contains("100 % of the plans saved the renewal");
        assertThat(ana.get(desk).body()).contains("Partly saved", "Half the seats stay");
    }

    @Test
    void programsBeginCarryOnAndEndAPlan() {
        Visitor crm = people.program("read", "write");
        String api = "/api/v1" + desk + "/save-plans";

        assertThat(crm.json("POST", api, "{\"reason\":\"weather\",\"goal\":\"x\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(crm.json("POST", api + "/steps", "{\"title\":\"Call\",\"dueOn\":\"2026-12-01\"}")
                        .body())
                .contains("No plan runs");
        assertThat(keyed(crm, api, "{\"reason\":\"value\",\"goal\":\"The export runs again\"}"))
                .isEqualTo(201);
        assertThat(keyed(crm, api, "{\"reason\":\"value\",\"goal\":\"The export runs again\"}"))
                .as("a repetition is answered as before")
                .isEqualTo(201);
        assertThat(plans.of(renewals.of(oslo).getFirst().id())).hasSize(1);
        assertThat(crm.json("POST", api, "{\"reason\":\"cost\",\"goal\":\"Another\"}")
                        .body())
                .contains("A plan runs already");

        assertThat(crm.json("POST", api + "/steps", "{\"title\":\"Call\",\"dueOn\":\"soon\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(crm.json(
                                "POST",
                                api + "/steps",
                                "{\"title\":\"Call\",\"dueOn\":\"2026-12-01\",\"owner\":\"nobody\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(crm.json("POST", api + "/steps", "{\"title\":\"Call\",\"dueOn\":\"2026-12-01\"}")
                        .body())
                .contains("\"title\":\"Call\"", "\"owner\":\"Ana Reyes\"", "\"done\":false");
        assertThat(ana.get(desk).body()).contains("Save plan: 0 of 1 steps done");

        assertThat(crm.json("PUT", api + "/result", "{\"result\":\"partly\"}").statusCode())
                .isEqualTo(422);
        assertThat(crm.json("PUT", api + "/result", "{\"result\":\"partly\",\"note\":\"Half the seats\"}")
                        .body())
                .contains("\"result\":\"partly\"");
        assertThat(crm.get(api).body()).contains("Half the seats");
        assertThat(crm.get("/api/v1/renewals/" + java.util.UUID.randomUUID() + "/save-plans")
                        .statusCode())
                .isEqualTo(404);
    }

    private static int keyed(Visitor program, String path, String body) {
        return program.send(
                        "POST",
                        path,
                        java.net.http.HttpRequest.BodyPublishers.ofString(body),
                        Map.of("Content-Type", "application/json", "Idempotency-Key", "plan-1"))
                .statusCode();
    }

    @Test
    void aPlanBelongsBeforeTheNoticeAndDoesNotContradictTheContracts() {
        ana.post(desk + "/plan", Map.of("reason", "value", "goal", "The export runs again"));
        due.cancels(oslo, "2026-11-20", "2027-03-15");
        due.kept();

        assertThat(ana.post(desk + "/plan/end", Map.of("result", "saved", "note", "x"))
                        .body())
                .contains("The contracts say that it was lost");
        ana.post(desk + "/plan/end", Map.of("result", "lost", "note", "Too late"));
        assertThat(ana.post(desk + "/plan", Map.of("reason", "value", "goal", "Again"))
                        .body())
                .contains("This renewal is over");
        assertThat(plans.rate(viewer()).words()).isEqualTo("0 %");
    }

    @Test
    void aCompanyWithoutTermsIsToldHowTheyBegin() {
        database.sql("delete from contracts.contract_line").update();
        due.kept();

        for (String look : java.util.List.of("/renewals", "/renewals?view=board", "/renewals?view=calendar")) {
            assertThat(ana.get(look).body()).as(look).contains("No term is known that ends");
        }
        assertThat(ana.get("/renewals/forecast").body()).contains("Nothing to forecast yet");
        assertThat(ana.get("/renewals/settings").statusCode()).isEqualTo(200);
    }

    @Test
    void theBoardMovesWithItsMoney() {
        due.customer("norda", "Norda Bank", "2027-02-01");
        due.kept();
        String board = ana.get("/renewals?view=board").body();
        assertThat(board).contains("2 renewals, 2 not started", "24k", "who decides?");

        ana.post(desk + "/stage", Map.of("stage", "quoted", "from", "board"));

        assertThat(ana.get("/renewals?view=board").body())
                .contains("2 renewals, 1 not started", "12k", "It is now: Quoted.");
        assertThat(ana.post(
                                desk + "/stage",
                                Map.of("stage", "value", "from", "board", "window", "365", "owner", "mine"))
                        .headers()
                        .firstValue("Location"))
                .contains("/renewals?view=board&window=365&owner=mine");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/renewals?view=board")
                        .body())
                .doesNotContain("Norda Bank");
    }

    @Test
    void theCalendarMarksDueDaysAndLastDaysForNotice() {
        String january =
                ana.get("/renewals?view=calendar&from=2026-11&month=2027-01").body();
        assertThat(january).contains("Jan 2027: 0 due, notice of 1 by its last day", "1 to tell", "Oslo Ferry");
        assertThat(ana.get("/renewals?view=calendar&month=2027-03").body()).contains("Mar 2027: 1 due");
        assertThat(ana.get("/renewals?view=calendar&month=later&from=99999-01").statusCode())
                .isEqualTo(200);
    }

    private io.perennial.identity.Viewer viewer() {
        return new io.perennial.identity.Viewer(ana.id(), "", "", io.perennial.identity.Role.CSM, true);
    }
}
