package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.cases.ArrivedMessage;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.Bystander;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Other modules beside a case: what they show, and what they hear. */
@PerennialTest
class BesideCasesTests {

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    @Autowired
    Bystander bystander;

    private UUID opened;
    private UUID mia;
    private AccountId harbor;
    private Visitor sam;

    @BeforeEach
    void aCaseOfHarborFreight() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        mia = book.contact(harbor, "Mia Okafor", "champion", null, null);
        sam = people.support();
        bystander.begin(true);
        String location = sam.post(
                        "/cases",
                        Map.of(
                                "account", harbor.toString(),
                                "contact", mia.toString(),
                                "subject", "Nobody can sign in",
                                "text", "Since this morning.",
                                "impact", "all",
                                "urgency", "stopped",
                                "draft", "one"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        opened = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    @Test
    void anotherModuleHasItsPlaceInTheCaseView() {
        assertThat(sam.get("/cases/" + opened).body()).contains("/cases/" + opened + "/panels/bystander");

        long number = database.sql("select number from cases.support_case where id = :id")
                .param("id", opened)
                .query(Long.class)
                .single();
        assertThat(sam.get("/cases/" + opened + "/panels/bystander").body())
                .contains("What a bystander saw", "<p>Case " + number + "</p>");
        assertThat(sam.get("/cases/" + opened + "/panels/nobody").statusCode()).isEqualTo(404);
    }

    /** The open page of the case hears of the change, and may ask before the answer of the form is followed. */
    @Test
    void aPartThatRenewsItselfDoesNotTakeTheWordsOfTheForm() {
        String seen = Jsoup.parse(sam.get("/cases/" + opened).body())
                .select("input[name=seen]")
                .attr("value");
        assertThat(sam.post("/cases/" + opened + "/escalation", Map.of("why", "They cannot work.", "seen", seen))
                        .statusCode())
                .isEqualTo(302);

        String part = sam.send("GET", "/cases/" + opened, BodyPublishers.noBody(), Map.of("HX-Request", "true"))
                .body();
        String page = sam.get("/cases/" + opened).body();

        assertThat(part).doesNotContain("id=\"notice\"");
        assertThat(page).contains("id=\"notice\"");
    }

    @Test
    void whoHasNothingToSayTakesNoRoom() {
        bystander.begin(false);

        assertThat(sam.get("/cases/" + opened + "/panels/bystander").body())
                .contains("hidden")
                .doesNotContain("What a bystander saw");
    }

    @Test
    void whatLiesOutsideAPortfolioIsNotShownBesideEither() {
        assertThat(people.csmWithOwnAccounts("Ana Reyes")
                        .get("/cases/" + opened + "/panels/bystander")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatTheCustomerSaysIsHeardAndWhatWeSayIsNot() {
        sam.post("/cases/" + opened + "/messages", Map.of("kind", "note", "body", "Cookie path?", "draft", "n"));
        sam.post("/cases/" + opened + "/messages", Map.of("kind", "customer", "body", "Still broken!", "draft", "c"));
        sam.post("/cases/" + opened + "/messages", Map.of("kind", "customer", "body", "Still broken!", "draft", "c"));

        List<ArrivedMessage> heard = bystander.heard();
        assertThat(heard).extracting(ArrivedMessage::text).containsExactly("Since this morning.", "Still broken!");
        assertThat(heard).allSatisfy(message -> {
            assertThat(message.caseId()).isEqualTo(opened);
            assertThat(message.account()).isEqualTo(harbor);
            assertThat(message.contact()).isEqualTo(mia);
            assertThat(message.kind()).isEqualTo("customer");
        });
    }
}
