package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Letters of people whom nobody knows: a person says whose they are. */
@PerennialTest
class UnknownSendersTests extends CaseMailStory {

    @Test
    void oneClickMakesAColleagueOfAKnownPersonACustomerWithACase() throws Exception {
        arrives(from("bo@oslo-ferry.example", "1@oslo-ferry.example", "Login", "", "I cannot sign in"));
        poller.poll();
        assertThat(cases()).isZero();
        assertThat(sam.get("/cases").body()).contains("Unknown senders (1)");

        Document page = Jsoup.parse(sam.get("/cases/letters").body());
        Element form = page.select("form[action$=/case]").getFirst();
        assertThat(form.text()).isEqualTo("Open a case for Oslo Ferry");
        assertThat(page.text()).contains("has people with such addresses", "I cannot sign in");
        assertThat(sam.post(
                                form.attr("action"),
                                Map.of("account", form.select("[name=account]").val()))
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .startsWith("/cases/");
        assertThat(sam.post(form.attr("action"), Map.of("account", ferry.toString()))
                        .statusCode())
                .as("taken once")
                .isEqualTo(422);
        delivery.drain();

        assertThat(cases()).isEqualTo(1);
        assertThat(page(onlyCase()).text()).contains("Login", "I cannot sign in");
        assertThat(sent("bo@oslo-ferry.example")).as("acknowledged").hasSize(1);
        assertThat(sam.get("/cases").body()).doesNotContain("Unknown senders (");
        arrives(from("bo@oslo-ferry.example", "2@oslo-ferry.example", "Another thing", "", "Known now"));
        poller.poll();
        assertThat(cases()).isEqualTo(2);
    }

    @Test
    void whoIsKnownAtTwoCustomersIsAPersonsChoice() {
        AccountId other = new Book(database).account("fjord", "Fjord Cruises");
        person(new Book(database), other, "Ana B.", CUSTOMER);
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        assertThat(cases()).isZero();

        Document page = Jsoup.parse(sam.get("/cases/letters").body());
        assertThat(page.text()).contains("Oslo Ferry knows this address", "Fjord Cruises knows this address");
        String action = page.select("form[action$=/case]").getFirst().attr("action");
        sam.post(action, Map.of("account", other.toString()));

        assertThat(database.sql("select account_id from cases.support_case")
                        .query(UUID.class)
                        .single())
                .isEqualTo(other.value());
    }

    @Test
    void anAddressThatAnybodyMayHaveSuggestsNobodyAndASearchFindsTheCustomer() {
        arrives(from("bo@gmail.com", "1@gmail.com", "Login", "", "I cannot sign in"));
        poller.poll();

        Document page = Jsoup.parse(sam.get("/cases/letters").body());
        assertThat(page.select("form[action$=/case]")).isEmpty();
        String id = page.select("input[name=letter]").val();
        assertThat(sam.get("/cases/letters?letter=" + id + "&q=Oslo").body()).contains("Open a case for Oslo Ferry");
        sam.post("/cases/letters/" + id + "/dismissal", Map.of());
        assertThat(sam.get("/cases/letters").body()).contains("Every letter is with its case");
    }

    @Test
    void whoSeesOnlyTheirOwnCustomersSeesNoLettersOfUnknownPeople() {
        arrives(from("bo@nowhere.example", "1@nowhere.example", "Login", "", "I cannot sign in"));
        poller.poll();

        assertThat(people.csmWithOwnAccounts("Zoe Other").get("/cases/letters").statusCode())
                .isEqualTo(403);
        assertThat(people.reader().get("/cases/letters").statusCode()).isEqualTo(403);
    }
}
