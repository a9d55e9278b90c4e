package io.perennial.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.output.StringOutput;
import io.perennial.accounts.Panels;
import io.perennial.accounts.Timeline;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.TimelineSource.TimelineEntry;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class ComposerTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    io.perennial.world.People staff;

    @Autowired
    Panels panels;

    @Autowired
    Timeline timeline;

    private Book book;
    private AccountId harbor;

    @BeforeEach
    void harborFreightIsACustomer() {
        book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
    }

    @Test
    void aNoteFromTheQueueIsAnsweredInPlaceAndCanBeTakenBack() {
        Visitor ana = staff.csm("Ana Reyes");

        HttpResponse<String> noted = ana.send(
                "POST",
                "/accounts/" + harbor + "/touchpoints",
                BodyPublishers.ofString("kind=note&subject=Called+twice%2C+no+answer&back=%2Fsignals"),
                Map.of("Content-Type", "application/x-www-form-urlencoded", "HX-Request", "true"));

        assertThat(noted.statusCode()).isEqualTo(200);
        assertThat(ana.get("/accounts/" + harbor + "?tab=timeline").body()).contains("Called twice, no answer");
        String undo = Jsoup.parse(noted.body()).select("form[action*=undo]").attr("action");
        ana.post(undo, Map.of());
        assertThat(ana.get("/accounts/" + harbor + "?tab=timeline").body()).doesNotContain("Called twice, no answer");
    }

    @Test
    void aLoggedCallStandsOnTheTimelineWithWhoAndWhat() {
        book.contact(harbor, "Mia Okafor", "decision_maker", null, null);

        HttpResponse<String> answer = staff.csm("Ana Reyes")
                .post(
                        "/accounts/" + harbor + "/touchpoints",
                        Map.of(
                                "kind",
                                "call",
                                "contact",
                                "Mia Okafor",
                                "subject",
                                "Roll-out",
                                "body",
                                "Go in January"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).isEqualTo("/accounts/" + harbor);
        assertThat(history()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo("call");
            assertThat(entry.title()).isEqualTo("Roll-out · Mia Okafor");
            assertThat(entry.detail()).isEqualTo("Go in January");
            assertThat(entry.by()).isEqualTo("Ana Reyes");
            assertThat(entry.at()).isEqualTo(MovableClock.START);
        });
        assertThat(database.sql("select count(*) from accounts.changed")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeLoggedComesBackAsTyped() {
        HttpResponse<String> answer = staff.csm("Ana Reyes")
                .post(
                        "/accounts/" + harbor + "/touchpoints",
                        Map.of(
                                "kind",
                                "call",
                                "subject",
                                "Roll-out",
                                "at",
                                "2026-12-24T10:00",
                                "body",
                                "So much text"));

        assertThat(answer.statusCode()).isEqualTo(422);
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("#touchpoint-body").text()).isEqualTo("So much text");
        assertThat(page.select(".banner").text()).contains("lies in the past");
        assertThat(history()).isEmpty();
    }

    @Test
    void aTaskIsAddedAndDoneFromTheAccountPage() {
        Visitor ana = staff.csm("Ana Reyes");
        ana.post("/accounts/" + harbor + "/tasks", Map.of("title", "Send the plan", "dueOn", "2026-11-20"));
        Document panel = show("tasks");
        assertThat(panel.text()).contains("Send the plan").contains("overdue").contains("Ana Reyes");

        HttpResponse<String> answer =
                ana.post(panel.select("form[action$=/completion]").attr("action"), Map.of("back", "/accounts"));

        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/accounts");
        assertThat(show("tasks").text()).contains("Nothing is owed");
        assertThat(history()).extracting(TimelineEntry::title).containsExactly("Done: Send the plan");
    }

    @Test
    void nobodyIsSentToAnotherSite() {
        HttpResponse<String> answer = staff.csm("Ana Reyes")
                .post(
                        "/accounts/" + harbor + "/tasks",
                        Map.of("title", "Send the plan", "back", "//elsewhere.example/accounts"));

        assertThat(answer.headers().firstValue("Location").orElseThrow()).isEqualTo("/accounts/" + harbor);
    }

    @Test
    void somebodyElsesCustomerIsNotFound() {
        Visitor ben = staff.csmWithOwnAccounts("Ben Ito");

        assertThat(ben.post("/accounts/" + harbor + "/touchpoints", Map.of("kind", "note", "subject", "Hi"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(ben.post("/accounts/" + harbor + "/tasks", Map.of("title", "Hi"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyPanelShowsAnEmptyAndAFullCustomer() {
        for (String id : List.of("people", "people-card", "contracts", "contracts-card", "composer", "tasks")) {
            assertThat(show(id).text()).as(id).isNotBlank();
        }
        book.contact(harbor, "Mia Okafor", "decision_maker", null, "2026-10-01");
        book.contact(harbor, "Jon Hale", "user", "2026-11-02", null);
        book.line(harbor, "1200", "2026-01-01").until("2027-01-01").seats(40).add();

        assertThat(show("people").select("tbody tr")).hasSize(2);
        assertThat(show("people-card").text()).contains("Mia Okafor").contains("left");
        assertThat(show("contracts").text())
                .contains("14,400")
                .contains("running")
                .contains("in 38 days");
        assertThat(show("contracts-card").text()).contains("14,400");
        assertThat(show("composer").select("select[name=contact] option")).hasSize(2);
    }

    @Test
    void theTimelinePagesThroughEverythingOnce() {
        Instant first = Instant.parse("2026-11-01T08:00:00Z");
        for (int number = 0; number < 25; number++) {
            // Three entries share each instant: a page must not tear them apart.
            book.touchpoint(harbor, "call", first.plus(Duration.ofHours(number / 3)), "Call " + number);
        }
        List<String> seen = new ArrayList<>();
        Instant before = MovableClock.START;
        while (before != null) {
            Timeline.Page page = timeline.before(harbor, before, Set.of(), 4);
            page.entries().forEach(entry -> seen.add(entry.title()));
            before = page.next();
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(timeline.before(harbor, MovableClock.START, Set.of("mail"), 4)
                        .entries())
                .isEmpty();
    }

    private List<TimelineEntry> history() {
        return timeline.before(harbor, MovableClock.START.plusSeconds(60), Set.of(), 20)
                .entries();
    }

    private Document show(String id) {
        AccountPanel panel = panels.find(id).orElseThrow();
        Viewer viewer = new Viewer(
                staff.member("Ana Reyes", Role.CSM, true), "Ana Reyes", "ana@perennial.example", Role.CSM, true);
        StringOutput output = new StringOutput();
        panel.content(harbor, viewer, TODAY, new Once()).writeTo(output);
        return Jsoup.parse(output.toString());
    }
}
