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
        Quotes.Quote quote = quotes.of(renewals.of(oslo).getFirst());
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
