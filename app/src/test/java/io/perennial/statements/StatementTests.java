package io.perennial.statements;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.MailStory;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.UsageFacts;
import io.perennial.world.Book;
import io.perennial.world.Overtaken;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a quarter brought a customer, on the page, on paper and in its mail. Today is the 24th of November 2026. */
@PerennialTest
class StatementTests extends MailStory {

    @Autowired
    DataSource source;

    @Autowired
    Records records;

    @Autowired
    People people;

    @Autowired
    StatementWork work;

    private Book book;
    private AccountId oslo;
    private UUID eva;
    private Visitor ana;

    @BeforeEach
    void osloWorkedThroughTheThirdQuarter() {
        book = new Book(database);
        oslo = book.account("oslo", "Oslo <Ferry> & Søn");
        book.line(oslo, "1000", "2026-01-01").seats(50).add();
        book.line(oslo, "83.337", "2026-08-01").of("service").product("Premier").add();
        eva = book.contact(oslo, "Eva Lie", "sponsor", null, null);
        database.sql("update accounts.contact set email = :mail")
                .param("mail", CUSTOMER)
                .update();
        UsageFacts facts = new UsageFacts(records);
        for (int day = 1; day <= 9; day++) {
            facts.use("oslo", "2026-09-0" + day, "export", "ada", 10);
            facts.use("oslo", "2026-09-0" + day, "boards", "bo", 5);
        }
        facts.written();
        database.sql("""
                insert into success.plan (id, external_id, account_id, name, created_at, updated_at)
                values ('00000000-0000-0000-0000-000000000001', 'p', :oslo, 'Ferries', now(), now())
                """).param("oslo", oslo.value()).update();
        database.sql("""
                insert into success.outcome (id, external_id, account_id, plan_id, name, baseline, target, actual, actual_on, value,
                    currency, created_at, updated_at)
                values (gen_random_uuid(), 'o', :oslo, '00000000-0000-0000-0000-000000000001', 'Calls on a day', 60, 20, 18,
                    '2026-09-01', 36500, 'EUR', now(), now())
                """).param("oslo", oslo.value()).update();
        ana = people.csm("Ana Reyes");
    }

    private String drafted() {
        return ana.post("/accounts/" + oslo + "/statement", Map.of("from", "2026-07-01", "last", "2026-09-30"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private String text(String page) {
        return Jsoup.parse(ana.get(page).body()).text();
    }

    private int version() {
        return database.sql("select version from statements.statement")
                .query(Integer.class)
                .single();
    }

    private static String words(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    @Test
    void whatIsOpenedAgainWhileItIsSentIsNotSent() throws Exception {
        String page = drafted();
        ana.post(page + "/approval", Map.of("seen", String.valueOf(version())));

        HttpResponse<String> late = Overtaken.by(
                source,
                "update statements.statement set state = 'draft', approved_at = null, approved_by = null,"
                        + " version = version + 1",
                () -> ana.post(page + "/letters", Map.of("contact", eva.toString())));

        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("approve it first");
        delivery.drain();
        assertThat(sent(CUSTOMER)).isEmpty();
    }

    @Test
    void theLetterBringsThePaperWithTheTotalsOfThePageOnceWithProof() throws Exception {
        String page = drafted();
        assertThat(drafted()).as("asked twice it is one").isEqualTo(page);
        assertThat(ana.post(page + "/letters", Map.of("contact", eva.toString()))
                        .body())
                .contains("approve it first");
        ana.post(page + "/note", Map.of("seen", "1", "note", "A good quarter.\n\nSee <you> in January."));
        ana.post(page + "/approval", Map.of("seen", String.valueOf(version())));
        assertThat(ana.post(page + "/note", Map.of("seen", "1", "note", "Other"))
                        .body())
                .contains("Open it again to change what it says");
        ana.post(page + "/letters", Map.of("contact", eva.toString(), "edition", "business"));
        ana.post(page + "/letters", Map.of("contact", eva.toString(), "edition", "business"));
        delivery.drain();

        assertThat(sent(CUSTOMER)).hasSize(1);
        MimeMessage letter = sent(CUSTOMER)[0];
        byte[] paper = paper(letter);
        String shown = text(page);
        // 12,000 a year for 92 days; 1,000.044 a year for 61 days; 36,500 a year for 30 days.
        for (String figure : List.of("3,000.00 EUR", "3,191.79 EUR", "-191.79 EUR", "9 days", "2 of 50 licences")) {
            assertThat(shown).contains(figure);
            assertThat(words(paper)).contains(figure);
        }
        assertThat(words(paper))
                .contains("Oslo <Ferry> & Søn", "See <you> in January.", "Calls on a day", "not connected")
                .doesNotContain("0 cases");
        assertThat(shown)
                .contains("to Eva Lie by Ana Reyes", "Sent: 250 OK", "Requests that were answered not connected");
        assertThat(text(page + "?edition=technical")).contains("export 9 days", "boards 9 days");
        assertThat(text(page + "/rows/worth")).contains("Planner", "Premier", "167.13 EUR");
        assertThat(text(page + "/rows/use")).contains("2026-09-09", "15 uses");
        assertThat(text("/statements?state=sent")).contains("Oslo <Ferry>", "1 Jul 2026 to 30 Sep 2026");
        assertThat(text("/accounts/" + oslo + "?tab=timeline"))
                .containsOnlyOnce("Business review sent: 1 Jul 2026 to 30 Sep 2026 to Eva Lie Ana Reyes")
                .doesNotContain("Sent: Business review");
        assertThat(people.csmWithOwnAccounts("Ben Carter").get(page).statusCode())
                .isEqualTo(404);
        UUID file = database.sql("select file_id from statements.sending")
                .query(UUID.class)
                .single();
        assertThat(ana.get("/files/" + file).statusCode()).isEqualTo(200);
        assertThat(people.csmWithOwnAccounts("Ben Carter").get("/files/" + file).statusCode())
                .isIn(403, 404);
    }

    private static byte[] paper(MimeMessage letter) throws Exception {
        Multipart parts = (Multipart) letter.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            if (parts.getBodyPart(i).getContentType().startsWith("application/pdf")) {
                try (InputStream in = parts.getBodyPart(i).getInputStream()) {
                    return in.readAllBytes();
                }
            }
        }
        throw new AssertionError("There is no PDF in the letter.");
    }

    @Test
    void whatWasToldStaysToldWhenFactsComeLater() {
        String page = drafted();
        assertThat(text(page)).contains("Days with use 9 days");
        new UsageFacts(records).use("oslo", "2026-09-20", "export", "ada", 10).written();
        assertThat(text(page)).as("a snapshot").contains("Days with use 9 days");

        ana.post(page + "/renewal", Map.of());
        assertThat(text(page)).contains("Days with use 10 days", "2 versions are kept");
        assertThat(text(page + "?number=1")).contains("Days with use 9 days", "This is version 1");
        ana.post(page + "/renewal", Map.of());
        assertThat(text(page)).as("nothing differs").contains("2 versions are kept");
        UUID change = database.sql("select id from platform.change where kind = 'statement' order by id desc limit 1")
                .query(UUID.class)
                .single();
        ana.post("/changes/" + change + "/undo", Map.of());
        assertThat(text(page)).contains("Days with use 9 days");

        assertThat(ana.post("/accounts/" + oslo + "/statement", Map.of("from", "2026-10-01", "last", "2026-12-31"))
                        .body())
                .contains("The period is not over");
        assertThat(ana.post("/accounts/" + oslo + "/statement", Map.of("from", "2026-13-45", "last", "x"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(people.reader().post(page + "/approval", Map.of("seen", "1")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void thoseWhoAreDueAreDraftedOnceAndWorthIsTheSumOfItsLines() {
        AccountId quiet = book.account("quiet", "Quiet");
        book.account("gone", "Gone");
        book.line(quiet, "10", "2026-01-01").add();
        Visitor lin = people.leader();
        database.sql("update accounts.account set segment = 'SMB' where id = :id")
                .param("id", quiet.value())
                .update();
        assertThat(lin.post("/statements/schedules", Map.of("segment", "SMB", "months", "12"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(ana.post("/statements/schedules", Map.of("segment", "SMB", "months", "1"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(lin.post("/statements/schedules", Map.of("segment", "SMB", "months", "7"))
                        .statusCode())
                .isEqualTo(422);
        Period quarter = Period.last(3, LocalDate.of(2026, 11, 24));
        assertThat(quarter).isEqualTo(new Period(LocalDate.of(2026, 7, 1), LocalDate.of(2026, 10, 1)));
        assertThat(Period.last(12, LocalDate.of(2026, 1, 1)).from()).isEqualTo(LocalDate.of(2025, 1, 1));
        assertThat(Period.last(6, LocalDate.of(2026, 6, 30)).until()).isEqualTo(LocalDate.of(2026, 1, 1));

        List<UUID> both = List.of(oslo.value(), quiet.value());
        assertThat(work.draft(both, quarter, io.perennial.shared.Actor.SYSTEM)).isEqualTo(2);
        assertThat(work.draft(both, quarter, io.perennial.shared.Actor.SYSTEM))
                .as("again: none")
                .isZero();
        assertThat(text("/statements")).contains("2 statements wait for a look", "Quiet");

        Visitor program = people.program("read");
        UUID id = database.sql("select id from statements.statement where account_id = :id")
                .param("id", oslo.value())
                .query(UUID.class)
                .single();
        assertThat(program.get("/api/v1/statements/" + id).body())
                .contains("\"section\":\"worth\"", "\"worth\":3191.79", "\"words\":\"not connected\"");
        assertThat(program.get("/api/v1/statements?limit=1").body()).contains("\"next\":\"");
        assertThat(program.get("/api/v1/statements?state=lost").statusCode()).isEqualTo(400);
        Map<String, BigDecimal> sums = new java.util.HashMap<>();
        StatementRows.lines(database.sql("select lines from statements.version where statement_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .forEach(line -> sums.merge(
                        line.section().equals("worth") ? line.what() : "lines",
                        line.worth() == null ? BigDecimal.ZERO : line.worth(),
                        BigDecimal::add));
        assertThat(sums.get("Worth that is stated")).isEqualByComparingTo(sums.get("lines"));
        assertThat(sums.get("Worth less price"))
                .isEqualByComparingTo(
                        Objects.requireNonNull(sums.get("Worth that is stated")).subtract(sums.get("Price")));
    }
}
