package io.perennial.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A conversation with somebody who leaves is kept as far as it went. */
@PerennialTest
class InterviewTests {

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    private Leaving leaving;
    private AccountId harbor;
    private String address;
    private Visitor ana;

    @BeforeEach
    void harborLeft() {
        leaving = new Leaving(database);
        harbor = new Book(database).account("harbor", "Harbor Freight");
        UUID loss = leaving.notice(harbor, "2026-10-01", "2026-11-01", "cost");
        address = "/accounts/" + harbor + "/cancellations/" + loss + "/interview";
        ana = people.csm("Ana Reyes");
    }

    @Test
    void halfAnInterviewIsKeptAsTyped() {
        var kept = ana.post(address, Map.of("heldOn", "2026-11-20", "what_changed", "A new owner\r\nof the depot"));

        assertThat(kept.statusCode()).isEqualTo(302);
        Document form = Jsoup.parse(ana.get(address).body());
        assertThat(form.select("#what_changed").text()).contains("A new owner");
        assertThat(form.select("input[name=seen]").val()).isEqualTo("1");
        assertThat(panel()).contains("Interview: half-finished");

        ana.post(
                address,
                Map.of(
                        "seen", "1",
                        "heldOn", "2026-11-20",
                        "what_changed", "A new owner",
                        "reason", "value",
                        "finished", "true"));
        assertThat(panel()).contains("Interview: Value not seen", "The reasons differ");
        assertThat(people.program("read").get("/api/v1/exit-interviews").body())
                .contains("\"what_changed\":\"A new owner\"", "\"finished\":true");

        ana.post("/changes/" + leaving.latestChange() + "/undo", Map.of());
        assertThat(panel()).contains("Interview: half-finished");
    }

    private String panel() {
        return Jsoup.parse(ana.get("/accounts/" + harbor + "?tab=contracts").body())
                .select("#panel-leaving")
                .text();
    }

    @Test
    void whatTwoColleaguesTypedAtOnceIsNotLost() {
        ana.post(address, Map.of("what_changed", "Ana was first"));

        var late = ana.post(address, Map.of("seen", "0", "what_changed", "Ben typed too"));

        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("A colleague has changed it", "Ben typed too");
        assertThat(ana.post(address, Map.of("seen", "1", "heldOn", "yesterday")).body())
                .contains("heldOn-error");
        assertThat(people.reader().post(address, Map.of("what_changed", "x")).statusCode())
                .isEqualTo(403);
        assertThat(people.csmWithOwnAccounts("Ben Carter").get(address).statusCode())
                .isEqualTo(404);
    }

    @Test
    void lossesWhoseReasonsDifferAreCountedAndListed() {
        ana.post(address, Map.of("reason", "value"));

        var page = Jsoup.parse(ana.get("/cancellations?part=disagree").body());

        assertThat(page.select("#rows tbody tr")).hasSize(1);
        assertThat(page.select(".stat-label").eachText()).contains("Reasons that differ");
    }
}
