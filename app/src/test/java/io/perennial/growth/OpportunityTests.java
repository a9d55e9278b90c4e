package io.perennial.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What more customers could have, from the first thought to what contracts say of it. Today is the 24th of November 2026. */
@PerennialTest
class OpportunityTests {

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    Book book;
    AccountId harbor;
    Visitor ana;

    @BeforeEach
    void harborIsACustomer() {
        book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight");
        ana = people.csm("Ana Reyes");
    }

    private static Map<String, String> form(String key, String amount) {
        Map<String, String> form = new HashMap<>(Map.of(
                "key",
                key,
                "name",
                "Premier for the new sites",
                "kind",
                "upgrade",
                "amount",
                amount,
                "currency",
                "eur",
                "expectedOn",
                "2026-12-15"));
        form.put("sourcedBy", "success");
        form.put("product", "Premier support");
        form.put("description", "Two sites open in spring.\nThey asked twice.");
        return form;
    }

    private String found() {
        Map<String, String> form = form("one", "6,000");
        form.put("account", harbor.toString());
        HttpResponse<String> answer = ana.post("/opportunities", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private int version() {
        return database.sql("select version from growth.opportunity")
                .query(Integer.class)
                .single();
    }

    private HttpResponse<String> stage(String page, String stage, String reason) {
        return ana.post(page + "/stage", Map.of("seen", String.valueOf(version()), "stage", stage, "reason", reason));
    }

    @Test
    void whatIsFoundIsOnTheBoardAndAtTheCustomerAndCanBeTakenBack() {
        assertThat(ana.get("/opportunities").body()).contains("No opportunity is open");
        assertThat(ana.get("/opportunities/new?account=" + harbor).body())
                .contains("What more could Harbor Freight have?");
        String page = found();
        found();

        assertThat(database.sql("select count(*) from growth.opportunity")
                        .query(Integer.class)
                        .single())
                .as("sent twice is found once")
                .isEqualTo(1);
        assertThat(ana.get("/opportunities").body())
                .contains("Premier for the new sites", "Harbor Freight", "weighed by probability 600");
        assertThat(ana.get("/opportunities?view=list&kind=upgrade&mine=true").body())
                .contains("Premier for the new sites", "10 %");
        assertThat(ana.get("/opportunities?view=list&kind=attach").body()).contains("No opportunity fits");
        assertThat(ana.get("/accounts/" + harbor).body()).contains("Premier for the new sites");
        assertThat(ana.get(page).body()).contains("They asked twice.", "expected on 15 Dec");
        UUID change = database.sql("select id from platform.change where kind = 'opportunity'")
                .query(UUID.class)
                .single();
        ana.post("/changes/" + change + "/undo", Map.of());
        assertThat(ana.get(page).statusCode()).isEqualTo(404);
    }

    @Test
    void whatWasWonIsHeldAgainstTheContract() {
        String page = found();
        stage(page, "qualified", "");
        assertThat(stage(page, "won", "").statusCode()).isEqualTo(302);
        assertThat(ana.get(page).body()).contains("Won, but no contract line says so yet");
        assertThat(history())
                .containsSubsequence(
                        "Opportunity won: Premier for the new sites, 6,000 EUR a year",
                        "Opportunity qualified: Premier for the new sites",
                        "Opportunity found: Premier for the new sites");

        book.line(harbor, "450", "2026-12-01")
                .of("service")
                .product("Premier support")
                .add();
        book.line(harbor, "100", "2026-12-01").product("Planner").add();

        assertThat(ana.get(page).body()).contains("Contracts say 600 EUR less", "Premier support from 2026-12-01");
        assertThat(ana.get("/opportunities").body())
                .contains("Sourced by service", "does not say that one caused the other");
        assertThat(credit("influenced")).isFalse();
        book.touchpoint(harbor, "call", Instant.parse("2026-10-01T10:00:00Z"), "About the sites");
        assertThat(credit("influenced")).isTrue();
        assertThat(credit("sourced")).isTrue();
        UUID change = database.sql(
                        "select id from platform.change where kind = 'opportunity' order by at desc, id desc limit 1")
                .query(UUID.class)
                .single();
        ana.post("/changes/" + change + "/undo", Map.of());
        assertThat(database.sql("select phase from growth.opportunity")
                        .query(String.class)
                        .single())
                .isEqualTo("qualified");
        assertThat(history()).contains("Opportunity qualified").doesNotContain("Opportunity won");
    }

    private String history() {
        return ana.get("/accounts/" + harbor + "?tab=timeline&kind=growth").body();
    }

    private boolean credit(String column) {
        return database.sql("select " + column + " from growth.credited")
                .query(Boolean.class)
                .single();
    }

    @Test
    void somebodyElseTakesItOver() {
        String page = found();
        UUID ben = people.csm("Ben Carter").id();

        assertThat(ana.post(page + "/owner", Map.of("seen", "1", "owner", ben.toString()))
                        .statusCode())
                .isEqualTo(302);
        assertThat(ana.get(page).body()).contains("owner: Ben Carter");
        ana.post(page + "/owner", Map.of("seen", "1", "owner", ""));
        assertThat(ana.get(page).body())
                .contains("Somebody else changed this opportunity meanwhile", "owner: Ben Carter");
        ana.post(page + "/owner", Map.of("seen", "2", "owner", UUID.randomUUID().toString()));
        assertThat(ana.get(page).body()).contains("Choose somebody of the team.");
        assertThat(ana.post(page + "/owner", Map.of("seen", "2", "owner", "x")).statusCode())
                .isEqualTo(400);
        UUID change = database.sql(
                        "select id from platform.change where kind = 'opportunity' order by at desc, id desc limit 1")
                .query(UUID.class)
                .single();
        ana.post("/changes/" + change + "/undo", Map.of());
        assertThat(ana.get(page).body()).contains("owner: Ana Reyes");
    }

    @Test
    void aLookKeepsWhatWasAskedFor() {
        found();
        assertThat(ana.get("/opportunities?q=sites+%26+more&kind=upgrade").body())
                .contains("/opportunities?view=list&amp;kind=upgrade&amp;q=sites+%26+more");
    }

    @Test
    void aLossNeedsAReasonAndAProposalItsLines() {
        String page = found();
        HttpResponse<String> lost = stage(page, "lost", " ");
        assertThat(lost.statusCode()).isEqualTo(422);
        assertThat(lost.body()).contains("Say why it was lost");

        String seen = String.valueOf(version());
        HttpResponse<String> odd = ana.post(
                page + "/proposal",
                Map.of("seen", seen, "proposal", "Answers at night.", "lines", "Premier support; many; 6000"));
        assertThat(odd.statusCode()).isEqualTo(422);
        assertThat(odd.body()).contains("This one is not: Premier support; many; 6000");

        ana.post(
                page + "/proposal",
                Map.of(
                        "seen",
                        seen,
                        "proposal",
                        "Answers at night.",
                        "lines",
                        "Premier support; 2; 2500\nCourse; 1; 750.5",
                        "sentOn",
                        "2026-11-24"));
        assertThat(ana.get(page).body()).contains("Proposal, sent on", "5,750.50", "Proposed");

        HttpResponse<String> late = ana.post(page + "/stage", Map.of("seen", seen, "stage", "negotiation"));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("Somebody else changed this opportunity meanwhile");
    }

    @Test
    void whatCannotBeReadIsSaidAndWhatWasTypedStays() {
        for (Map<String, String> wrong : java.util.List.of(
                Map.of("amount", "much"),
                Map.of("probability", "140"),
                Map.of("expectedOn", "soon"),
                Map.of("currency", "EURO"),
                Map.of("kind", "gift"),
                Map.of("name", " "))) {
            Map<String, String> form = form("two", "6000");
            form.put("account", harbor.toString());
            form.putAll(wrong);
            HttpResponse<String> answer = ana.post("/opportunities", form);
            assertThat(answer.statusCode()).as(wrong.toString()).isEqualTo(422);
            assertThat(answer.body()).contains("Two sites open in spring.");
        }
        assertThat(database.sql("select count(*) from growth.opportunity")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void othersCustomersStayTheirs() {
        String page = found();
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");

        assertThat(ben.get(page).statusCode()).isEqualTo(404);
        assertThat(ben.get("/opportunities").body()).doesNotContain("Premier for the new sites");
        assertThat(ben.get("/opportunities/new?account=" + harbor).statusCode()).isEqualTo(404);
        assertThat(ben.get("/opportunities/new?account=" + "-".repeat(36)).statusCode())
                .isEqualTo(404);
        assertThat(ben.post(page + "/stage", Map.of("seen", "1", "stage", "won"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.reader()
                        .post(page + "/stage", Map.of("seen", "1", "stage", "won"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.reader().get(page).body()).doesNotContain("Keep the proposal");
    }

    @Test
    void opportunitiesOfASalesSystemComeInByItsOwnWords() {
        Visitor program = people.program("read", "write");
        HttpResponse<String> answer = program.json("PUT", "/api/v1/opportunities/006A", """
                {"account": "harbor", "name": "Fleet", "kind": "Existing Business", "amount": 1200, "currency": "EUR",
                 "stage": "Proposal/Price Quote", "expected_on": "2026-12-31", "probability": 75}""");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        assertThat(program.json("PUT", "/api/v1/opportunities/006B", "{\"account\": \"harbor\", \"name\": \"Bare\"}")
                        .statusCode())
                .isBetween(200, 201);
        assertThat(program.json(
                                "PUT",
                                "/api/v1/opportunities/006C",
                                "{\"account\": \"harbor\", \"name\": \"Odd\", \"stage\": \"perhaps\"}")
                        .statusCode())
                .isEqualTo(422);

        assertThat(people.leader().get("/opportunities").body())
                .contains("Fleet", "Bare", "weighed by probability 900");

        program.json(
                "PUT", "/api/v1/opportunities/006A", "{\"stage\": \"Closed Won\", \"expected_on\": \"2026-11-10\"}");
        assertThat(people.leader().get("/opportunities").body())
                .as("its one date says when it was won")
                .contains("What was won in the last year", "1,200");
    }
}
