package io.perennial.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A CSM records on the account's page that the customer gave notice. */
@PerennialTest
class RecordingTests {

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    private Leaving leaving;
    private AccountId harbor;
    private Visitor ana;

    @BeforeEach
    void harborPaysAHundredAMonth() {
        Book book = new Book(database);
        leaving = new Leaving(database);
        harbor = book.account("harbor", "Harbor Freight");
        book.line(harbor, "100", "2025-01-01").until("2027-01-01").add();
        ana = people.csm("Ana Reyes");
    }

    private String address() {
        return "/accounts/" + harbor + "/cancellation";
    }

    private static Map<String, String> typed() {
        return new HashMap<>(Map.of(
                "key", "11111111-2222-3333-4444-555555555555",
                "cancelledOn", "2026-11-20",
                "effectiveOn", "2026-12-31",
                "reason", "competitor",
                "competitor", "Initech",
                "detail", "Their suite has it all",
                "amount", "1200",
                "currency", "EUR",
                "endLines", "true"));
    }

    private String line() {
        return database.sql(
                        "select ends_on || ' ' || coalesce(scheduled_ends_on::text, '-') from contracts.contract_line")
                .query(String.class)
                .single();
    }

    private int recorded() {
        return database.sql("select count(*) from contracts.cancellation")
                .query(Integer.class)
                .single();
    }

    @Test
    void theFormBeginsWithWhatIsKnownAndTheAccountShowsWhatWasRecorded() {
        Document form = Jsoup.parse(ana.get(address()).body());
        assertThat(form.select("#amount").val()).isEqualTo("1200");
        assertThat(form.select("#effectiveOn").val()).isEqualTo("2027-01-01");

        var kept = ana.post(address(), typed());

        assertThat(kept.statusCode()).isEqualTo(302);
        assertThat(line()).isEqualTo("2026-12-31 2027-01-01");
        String page = Jsoup.parse(
                        ana.get("/accounts/" + harbor + "?tab=contracts").body())
                .text();
        assertThat(page)
                .contains("The cancellation is recorded, and one line ends".replace("one", "1"))
                .contains("Competitor to Initech", "Their suite has it all");
        assertThat(Jsoup.parse(ana.get("/accounts/" + harbor).body())
                        .select("#panel-leaving-card")
                        .text())
                .contains("Competitor to Initech");
    }

    @Test
    void undoTakesBackTheNoticeAndTheEndOfItsLines() {
        ana.post(address(), typed());

        ana.post("/changes/" + leaving.latestChange() + "/undo", Map.of());

        assertThat(recorded()).isZero();
        assertThat(line()).isEqualTo("2027-01-01 -");
    }

    @Test
    void sendingTheFormTwiceRecordsOnce() {
        ana.post(address(), typed());
        ana.post(address(), typed());

        assertThat(recorded()).isEqualTo(1);
    }

    @Test
    void anotherDayMovesTheEndOfTheLinesThatThisNoticeEnded() {
        ana.post(address(), typed());
        String loss = database.sql("select id::text from contracts.cancellation")
                .query(String.class)
                .single();
        Map<String, String> later = typed();
        later.put("effectiveOn", "2027-02-15");
        later.put("seen", "1");

        assertThat(ana.post(address() + "?loss=" + loss, later).statusCode()).isEqualTo(302);
        assertThat(line()).isEqualTo("2027-02-15 2027-01-01");

        later.put("detail", "typed over a colleague");
        var late = ana.post(address() + "?loss=" + loss, later);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("A colleague has changed it", "typed over a colleague");
    }

    @Test
    void whatIsWrongIsSaidBesideItsFieldAndNothingIsLost() {
        Map<String, String> typed = typed();
        typed.put("cancelledOn", "20.11.2026");
        var refused = ana.post(address(), typed);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.body()).select("#cancelledOn-error").text())
                .contains("2026-12-01");
        assertThat(Jsoup.parse(refused.body()).select("#detail").text()).isEqualTo("Their suite has it all");

        assertThat(with("reason", "")).contains("reason-error");
        assertThat(with("amount", "a lot")).contains("amount-error");
        assertThat(with("effectiveOn", "")).contains("effectiveOn-error");
        assertThat(with("currency", "")).contains("amount-error");
        assertThat(with("contract", "no-such")).contains("no-such");
        assertThat(recorded()).isZero();
    }

    private String with(String field, String value) {
        Map<String, String> typed = typed();
        typed.put(field, value);
        var refused = ana.post(address(), typed);
        assertThat(refused.statusCode()).as(field).isEqualTo(422);
        return refused.body();
    }

    @Test
    void whoMayNotWorkTheAccountRecordsNothing() {
        assertThat(people.reader().post(address(), typed()).statusCode()).isEqualTo(403);
        Visitor other = people.csmWithOwnAccounts("Ben Carter");
        assertThat(other.post(address(), typed()).statusCode()).isEqualTo(404);
        assertThat(other.get(address()).statusCode()).isEqualTo(404);
        leaving.owns(other.id(), harbor);
        assertThat(other.post(address(), typed()).statusCode()).isEqualTo(302);
    }
}
