package io.perennial.success;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.growth.expansion.LookedAt;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.UsageFacts;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.Overtaken;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a customer wants to reach, from its first words to what contracts say about it. Today is the 24th of November 2026. */
@PerennialTest
class SuccessPlanTests {

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    DataSource source;

    @Autowired
    Measured measured;

    @Autowired
    LiveScoring live;

    @Autowired
    MovableClock clock;

    @Autowired
    LookedAt looked;

    @Autowired
    People people;

    Book book;
    AccountId harbor;
    Visitor ana;

    @BeforeEach
    void harborIsACustomer() {
        book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight");
        book.line(harbor, "1000", "2026-01-01").add();
        ana = people.csm("Ana Reyes");
        database.sql("""
                insert into accounts.overview (account_id, external_id, name, arr, currency, band)
                values (:id, 'harbor', 'Harbor Freight', 12000, 'EUR', 'HEALTHY')
                """).param("id", harbor.value()).update();
    }

    private String begun(String blueprint) {
        HttpResponse<String> answer = ana.post(
                "/success-plans",
                Map.of(
                        "account",
                        harbor.toString(),
                        "key",
                        "one",
                        "name",
                        "Trucks leave on time",
                        "endsOn",
                        "2026-12-31",
                        "blueprint",
                        blueprint,
                        "hours",
                        "100",
                        "hourCost",
                        "50",
                        "currency",
                        "EUR"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static Map<String, String> outcome(String... more) {
        Map<String, String> form = new HashMap<>(Map.of(
                "objective",
                "Nobody waits at the gate",
                "name",
                "Minutes at the gate",
                "unit",
                "minutes",
                "baseline",
                "40",
                "target",
                "10",
                "dueOn",
                "2026-11-20"));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private UUID added(String page, String... more) {
        HttpResponse<String> answer = ana.post(page + "/outcomes", outcome(more));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return database.sql("select id from success.outcome order by created_at desc, id desc limit 1")
                .query(UUID.class)
                .single();
    }

    @Test
    void anAddressThatOnlyLooksLikeOneOfOursIsNone() {
        String page = begun("");
        String dashes = "-".repeat(36);

        assertThat(ana.get("/success-plans/new?account=" + dashes).statusCode()).isEqualTo(302);
        assertThat(ana.get("/success-plans?look=all&after=" + dashes).statusCode())
                .isEqualTo(200);
        assertThat(ana.post("/success-plans", Map.of("account", dashes, "name", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(ana.post(page + "/stakeholders", Map.of("contact", dashes)).statusCode())
                .isEqualTo(422);
        assertThat(ana.post(page + "/ask", Map.of("contact", dashes)).body())
                .contains("Choose somebody of the customer who has an address.");
    }

    @Test
    void whoSavesWhileSomebodyElseDoesIsToldAndOverwritesNothing() throws Exception {
        String page = begun("");
        String plan = page.substring(page.lastIndexOf('/') + 1);
        String seen = database.sql("select version from success.plan")
                .query(String.class)
                .single();

        HttpResponse<String> late = Overtaken.by(
                source,
                "update success.plan set name = 'Theirs', version = version + 1 where id = '" + plan + "'",
                () -> ana.post(page, Map.of("seen", seen, "name", "Ours")));

        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("Somebody else changed this plan meanwhile");
        assertThat(database.sql("select name from success.plan")
                        .query(String.class)
                        .single())
                .isEqualTo("Theirs");
    }

    private void undoLast() {
        UUID change = database.sql(
                        "select id from platform.change where undone_by is null and kind = 'success-plan' order by id desc limit 1")
                .query(UUID.class)
                .single();
        ana.post("/changes/" + change + "/undo", Map.of());
    }

    private String text(String page) {
        return Jsoup.parse(ana.get(page).body()).text();
    }

    @Test
    void howFarACustomerIsFollowsFromWhatIsMeasuredAndCanBeTakenBack() {
        assertThat(text("/success-plans")).contains("No success plan runs yet");
        assertThat(text("/success-plans?look=none")).contains("Harbor Freight");
        String page = begun("");
        assertThat(begun("")).as("sent twice is begun once").isEqualTo(page);
        UUID gate = added(page);
        added(page, "name", "A plan for each truck", "baseline", "", "target", "", "unit", "", "weight", "3");

        ana.post(page + "/outcomes/" + gate + "/actual", Map.of("actual", "25", "on", "2026-11-10"));
        assertThat(text(page))
                .contains("12 %", "weight × way gone, of 2 due", "1 never measured", "2 outcomes are due");
        assertThat(text("/success-plans?look=overdue")).contains("1 of 1 success plans is late", "2 overdue");
        assertThat(text("/success-plans?look=none")).contains("Every customer has a plan that runs");

        ana.post(page + "/outcomes/" + gate + "/actual", Map.of("actual", "4", "on", "2026-11-20"));
        assertThat(text(page))
                .as("more than agreed is told and counts as all of it")
                .contains("reached", "120 % of the way", "25 %", "History, 2 values");
        undoLast();
        assertThat(text(page)).contains("40 to 10 minutes; now 25 minutes");
        assertThat(database.sql("select count(*) from success.reading")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(text("/accounts/" + harbor)).contains("Trucks leave on time", "In the stage Reach goals");
    }

    @Test
    void whatItBringsStandsBesideWhatItCosts() throws Exception {
        String page = begun("");
        UUID gate = added(page, "value", "60000", "currency", "eur", "valueBasis", "30 minutes of 400 drivers");
        ana.post(page + "/outcomes/" + gate + "/actual", Map.of("actual", "25", "on", "2026-11-10"));
        ana.post(
                page + "/impact",
                Map.of("impact", "neutral", "by", "Tom Hale", "words", "Gates are fine, <b>paper</b> is not"));

        String shown = text(page);
        assertThat(shown)
                .contains("30,000", "60,000", "12,000", "5,000", "76.5 %", "Tom Hale says: neutral", "<b>paper</b>");
        String paper = pdf(page + "/report.pdf");
        assertThat(paper)
                .contains("Trucks leave on time", "Harbor Freight", "50 %", "EUR 30,000 60,000 12,000 5,000 76.5 %")
                .contains("Tom Hale: Gates are fine, <b>paper</b> is not");
        String critical =
                Jsoup.parse(people.leader().get("/areas/critical").body()).text();
        assertThat(critical)
                .contains(
                        "Success plan realised 50.0 % 0.50 of 1",
                        "Return on investment: without discounting 76.5 % 13,000 of 17,000 EUR");
    }

    @Test
    void whatCannotBeReadIsSaidAndWhatWasTypedStays() {
        String page = begun("");
        for (Map<String, String> wrong : List.of(
                Map.of("target", "fast"),
                Map.of("direction", "up"),
                Map.of("target", ""),
                Map.of("weight", "0"),
                Map.of("dueOn", "soon"),
                Map.of("value", "5"),
                Map.of("currency", "EURO"),
                Map.of("measure", "nothing"),
                Map.of("measure", "feature_use", "subject", "none"),
                Map.of("objective", "a\nb"))) {
            Map<String, String> form = outcome("valueBasis", "Asked in the review");
            form.putAll(wrong);
            HttpResponse<String> answer = ana.post(page + "/outcomes", form);
            assertThat(answer.statusCode()).as(wrong.toString()).isEqualTo(422);
            assertThat(answer.body()).contains("Asked in the review");
        }
        assertThat(ana.post(page + "/state", Map.of("state", "closed")).body()).contains("Say what came of it");
        UUID gate = added(page);
        assertThat(ana.post(page + "/outcomes/" + gate + "/actual", Map.of("actual", "1e3x"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(ana.post(page + "/outcomes/" + gate + "/actual", Map.of("actual", "5", "on", "2027-01-01"))
                        .body())
                .contains("That day is still to come");
        assertThat(ana.post(page + "/outcomes/" + UUID.randomUUID() + "/actual", Map.of("actual", "5"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(database.sql("select count(*) from success.reading")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void othersCustomersStayTheirsAndReadersOnlyRead() {
        String page = begun("");
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");

        assertThat(ben.get(page).statusCode()).isEqualTo(404);
        assertThat(ben.get(page + "/report.pdf").statusCode()).isEqualTo(404);
        assertThat(ben.get("/success-plans").body()).doesNotContain("Trucks leave on time");
        assertThat(ben.post(page + "/outcomes", outcome()).statusCode()).isEqualTo(404);
        assertThat(people.reader().post(page + "/outcomes", outcome()).statusCode())
                .isEqualTo(403);
        assertThat(people.reader().get(page).body()).doesNotContain("Add an outcome");
    }

    @Test
    void aBlueprintBringsItsOutcomesAndALiveMeasureTheActual() {
        for (int day = 1; day <= 20; day++) {
            UsageFacts facts = new UsageFacts(records);
            for (String user : List.of("ada", "bo", "cleo")) {
                facts.use("harbor", "2026-11-" + (day < 10 ? "0" : "") + day, "export", user, 7);
            }
            facts.written();
        }
        clock.moveBy(Duration.ofMinutes(1));
        live.drain();
        String page = begun("everybody");
        assertThat(text(page)).contains("Our people really work with it", "People who use it in a month");
        UUID export = added(
                page, "measure", "feature_use", "subject", "export", "baseline", "", "target", "400", "unit", "uses");
        measured.read(List.of(harbor.value()));

        assertThat(actual("People who use it in a month")).isEqualByComparingTo("3");
        assertThat(actual("Minutes at the gate")).as("420 uses in four weeks").isEqualByComparingTo("105");
        assertThat(database.sql("select actual from success.outcome where name = 'Requests for help in a month'")
                        .query((row, n) -> String.valueOf(row.getBigDecimal(1)))
                        .single())
                .as("nobody ever brought a case: not known, not zero")
                .isEqualTo("null");
        assertThat(ana.post(page + "/outcomes/" + export + "/actual", Map.of("actual", "5"))
                        .body())
                .contains("read from a live measure");
        assertThat(text("/success-plans/blueprints")).contains("1 plan began with it: 0 of");
        clock.moveBy(Duration.ofDays(1));
        int before = readings();
        measured.read(List.of(harbor.value()));
        assertThat(readings()).as("the same day known is the same reading").isEqualTo(before);
    }

    private int readings() {
        return database.sql("select count(*) from success.reading")
                .query(Integer.class)
                .single();
    }

    private java.math.BigDecimal actual(String name) {
        return database.sql("select actual from success.outcome where name = :name")
                .param("name", name)
                .query(java.math.BigDecimal.class)
                .single();
    }

    @Test
    void plansOfAnotherSystemComeInAndAReachedOutcomeIsAFactOfGrowth() {
        Visitor program = people.program("read", "write");
        assertThat(put(
                        program,
                        "success-plans/p-1",
                        "{\"account\": \"harbor\", \"name\": \"Gates\", \"state\": \"Active\"}"))
                .isBetween(200, 201);
        assertThat(put(program, "outcomes/o-1", """
                {"account": "harbor", "plan": "p-1", "objective": "No queue", "name": "Minutes", "baseline": 40, "target": 10,
                 "actual": 22, "actual_on": "2026-10-01"}""")).isBetween(200, 201);
        assertThat(put(program, "outcomes/o-1", "{\"actual\": 9, \"actual_on\": \"2026-11-01\"}"))
                .isEqualTo(200);
        book.account("other", "Other");
        assertThat(put(program, "outcomes/o-2", "{\"account\": \"other\", \"plan\": \"p-1\", \"name\": \"x\"}"))
                .as("another customer's plan")
                .isEqualTo(403);
        assertThat(put(
                        program,
                        "outcomes/o-3",
                        "{\"account\": \"harbor\", \"plan\": \"p-1\", \"name\": \"x\", \"weight\": -1}"))
                .isEqualTo(422);

        String progress = program.get("/api/v1/success-plans/p-1/progress").body();
        assertThat(progress)
                .contains(
                        "\"reached\":1",
                        "\"reachedOn\":\"2026-11-01\"",
                        "\"day\":\"2026-10-01\"",
                        "\"day\":\"2026-11-01\"");
        assertThat(program.get("/api/v1/success-plans/p-9/progress").statusCode())
                .isEqualTo(404);
        looked.now();
        assertThat(Jsoup.parse(people.leader().get("/expansion").body()).text())
                .contains(
                        "An outcome of the success plan is reached",
                        "they reached what the plan Gates agreed on: Minutes");
    }

    private int put(Visitor program, String what, String json) {
        HttpResponse<String> answer = program.json("PUT", "/api/v1/" + what, json);
        return answer.statusCode();
    }

    @Test
    void leadersWriteBlueprintsAndTheJourneyAsTextAndTakeItBack() {
        Visitor lin = people.leader();
        assertThat(ana.post("/journey", Map.of("body", "name: x")).statusCode()).isEqualTo(403);
        assertThat(lin.post("/journey", Map.of("body", "name: x\nstage: y\nwhen: mood > 3"))
                        .body())
                .contains("Line 3 has a condition that cannot be read");
        lin.post("/journey", Map.of("body", "name: Ours\nstage: Everybody\nwants: Peace\nwhen: gone = 0"));
        assertThat(Jsoup.parse(lin.get("/journey").body()).text()).contains("Ours", "Peace");
        HttpResponse<String> odd = lin.post(
                "/success-plans/blueprints/new",
                Map.of("name", "retail", "body", "name: Retail\noutcome: Sales; %; 1; 2; 90"));
        assertThat(odd.statusCode()).isEqualTo(422);
        assertThat(odd.body()).contains("Line 2 is an outcome before any goal", "name: Retail");
        lin.post(
                "/success-plans/blueprints/new",
                Map.of("name", "retail", "body", "name: Retail\ngoal: Sell more\noutcome: Sales; %; 1; 2; 90"));
        assertThat(lin.get("/success-plans/blueprints").body()).contains("Sell more");
        UUID change = database.sql(
                        "select id from platform.change where kind = 'success-text' order by id desc limit 1")
                .query(UUID.class)
                .single();
        lin.post("/changes/" + change + "/undo", Map.of());
        assertThat(lin.get("/success-plans/blueprints").body()).doesNotContain("Sell more");
    }

    private String pdf(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ana.address() + path))
                .headers(ana.headers().entrySet().stream()
                        .flatMap(one -> java.util.stream.Stream.of(one.getKey(), one.getValue()))
                        .toArray(String[]::new))
                .build();
        byte[] file = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
        try (PDDocument document = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }
}
