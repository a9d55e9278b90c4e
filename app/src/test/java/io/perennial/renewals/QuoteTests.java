package io.perennial.renewals;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a renewal would cost, on paper: the same totals as on the page. */
@PerennialTest
class QuoteTests {

    @Autowired
    JdbcClient database;

    @Autowired
    DueTerms terms;

    @Autowired
    Renewals renewals;

    @Autowired
    Quotes quotes;

    @Autowired
    People people;

    DueBook due;
    Visitor ana;
    AccountId oslo;
    String desk;

    @BeforeEach
    void osloFerryHasThreeLines() {
        due = new DueBook(database, terms);
        ana = people.csm("Ana Reyes");
        oslo = due.book.account("oslo", "Oslo <Ferry> & Søn Ελλάς Київ");
        UUID contract = due.contract(oslo, "c", null);
        due.book
                .line(oslo, "1000.005", "2026-03-15")
                .until("2027-03-15")
                .per("year")
                .under(contract)
                .seats(40)
                .add();
        due.book
                .line(oslo, "83.337", "2026-03-15")
                .until("2027-03-15")
                .product("Reports")
                .under(contract)
                .add();
        due.book
                .line(oslo, "777.7777", "2026-03-15")
                .until("2027-03-15")
                .per("term")
                .product("Archive")
                .under(contract)
                .add();
        database.sql("update contracts.contract_line set uplift = 0.0333").update();
        due.kept();
        desk = renewals.of(oslo).getFirst().address();
        ana.post(desk + "/fees", Map.of("title", "Sandbox", "amount", "99.99"));
    }

    @Test
    void thePdfHasTheTotalsOfThePage() throws Exception {
        Quotes.Quote quote = quotes.of(renewals.of(oslo).getFirst(), "");
        String proposed = io.perennial.platform.web.Wording.amount(quote.proposed());
        String now = io.perennial.platform.web.Wording.amount(quote.now());
        assertThat(ana.get(desk).body()).contains(proposed, now);

        HttpResponse<byte[]> file = file(desk + "/quote.pdf");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment");
        assertThat(text(file.body()))
                .contains(
                        "Oslo <Ferry> & Søn Ελλάς Київ", "Next term, a year " + proposed, "Now " + now, "Sandbox 99.99")
                .contains("Planner", "Reports", "Archive");

        assertThat(quote.lines().stream().map(Quotes.Line::annual).reduce(quote.rounding(), java.math.BigDecimal::add))
                .isEqualByComparingTo(quote.now());
        assertThat(quote.now().add(quote.uplift()).add(quote.renewal().fees())).isEqualByComparingTo(quote.proposed());
    }

    @Test
    void itSpeaksTheLanguageOfWhoDecidesWithTheSameTotals() throws Exception {
        UUID eva = due.person(oslo, "Eva Lie", "decision_maker");
        database.sql("update accounts.contact set language = 'de-AT' where id = :id")
                .param("id", eva)
                .update();
        ana.post(desk + "/people", Map.of("contact", eva.toString(), "side", "business", "decides", "true"));
        java.math.BigDecimal proposed = renewals.of(oslo).getFirst().proposed();

        HttpResponse<byte[]> german = file(desk + "/quote.pdf");
        assertThat(german.headers().firstValue("Content-Language")).contains("de");
        assertThat(text(german.body()))
                .contains(
                        "Verlängerung für Oslo <Ferry>", "endet am 15. März 2027", "Erhöhung", "Archive und 2 weitere")
                .contains("Nächste Laufzeit, ein Jahr " + LocalFormats.amount(proposed, "EUR", "de"))
                .doesNotContain("Increase", "Next term");
        assertThat(text(file(desk + "/quote.pdf?language=fr").body()))
                .contains("Renouvellement pour", "se termine le 15 mars 2027", "Augmentation")
                .contains("Période suivante, par an " + LocalFormats.amount(proposed, "EUR", "fr"));
        for (String language : NoticeWords.LANGUAGES) {
            assertThat(text(file(desk + "/quote.pdf?language=" + language).body()))
                    .as(language)
                    .contains(LocalFormats.amount(proposed, "EUR", language), "99");
        }
        assertThat(ana.get(desk).body()).contains("Deutsch", "français");
    }

    @Test
    void aCompanyWritesItsOwnWordsOnItAndTakesThemBack() throws Exception {
        Visitor lin = people.leader();
        Map<String, String> own = new java.util.HashMap<>(Map.of(
                "step",
                "quote",
                "language",
                "en",
                "subject",
                "An offer for {customer}",
                "body",
                "Until {due}. {sender}"));
        assertThat(ana.post("/renewals/settings/texts", own).statusCode()).isEqualTo(403);
        lin.post("/renewals/settings/texts", own);
        assertThat(text(file(desk + "/quote.pdf").body())).contains("An offer for Oslo", "Until 15 March 2027.");

        own.put("body", "It costs {price}");
        assertThat(lin.post("/renewals/settings/texts", own).body()).contains("Nobody knows what {price} is");
        UUID change = database.sql("select id from platform.change where kind = 'renewal-template'")
                .query(UUID.class)
                .single();
        lin.post("/changes/" + change + "/undo", Map.of());
        assertThat(text(file(desk + "/quote.pdf").body())).contains("Renewal of Oslo");
    }

    @Test
    void programsReadItAndSetTheFees() {
        Visitor billing = people.program("read", "write");
        String api = "/api/v1" + desk;
        String twice = "{\"fees\":[{\"title\":\"Sandbox\",\"amount\":99.99},{\"title\":\"Data room\",\"amount\":240}]}";
        java.math.BigDecimal before = renewals.of(oslo).getFirst().proposed();

        assertThat(billing.json("PUT", api + "/fees", twice).body()).contains("\"sum\":339.99", "Data room");
        int version = renewals.of(oslo).getFirst().version();
        billing.json("PUT", api + "/fees", twice);
        assertThat(renewals.of(oslo).getFirst().version())
                .as("the same again changes nothing")
                .isEqualTo(version);
        assertThat(renewals.of(oslo).getFirst().proposed())
                .isEqualByComparingTo(before.add(new java.math.BigDecimal("240")));
        assertThat(billing.get(api + "/quote?language=de").body())
                .contains("\"heading\":\"Verlängerung für", "Data room", "\"rounding\"");

        for (String wrong : java.util.List.of(
                "{}",
                "{\"fees\":[{\"title\":\"\",\"amount\":1}]}",
                "{\"fees\":[{\"title\":\"x\"}]}",
                "{\"fees\":[{\"title\":\"x\",\"amount\":0.001}]}")) {
            assertThat(billing.json("PUT", api + "/fees", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(billing.get(api + "/quote?language=xx").statusCode()).isEqualTo(422);
        assertThat(billing.get("/api/v1/renewals/" + UUID.randomUUID() + "/fees")
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.program("read").json("PUT", api + "/fees", twice).statusCode())
                .isEqualTo(403);

        people.leader().post("/changes/" + fees() + "/undo", Map.of());
        assertThat(renewals.of(oslo).getFirst().proposed()).isEqualByComparingTo(before);
        billing.json("PUT", api + "/fees", "{\"fees\":[]}");
        assertThat(renewals.of(oslo).getFirst().fees()).isEqualByComparingTo("0");
    }

    private UUID fees() {
        return database.sql("select id from platform.change where summary like '%set the fees'")
                .query(UUID.class)
                .single();
    }

    @Test
    void givingItToTheCustomerIsRememberedAndCanBeTakenBack() {
        ana.post(desk + "/quote", Map.of());
        assertThat(renewals.of(oslo).getFirst().stage()).isEqualTo(Stage.QUOTED);
        assertThat(renewals.of(oslo).getFirst().quotedOn()).isEqualTo("2026-11-24");
    }

    @Test
    void othersGetNoQuote() {
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get(desk + "/quote.pdf")
                        .statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<byte[]> file(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ana.address() + path));
        ana.headers().forEach(request::setHeader);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
