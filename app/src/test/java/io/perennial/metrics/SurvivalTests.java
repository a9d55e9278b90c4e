package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.contracts.HistoryBook;
import io.perennial.contracts.RevenueHistories;
import io.perennial.contracts.RevenueLevels;
import io.perennial.metrics.web.FigureWords;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long customers stay, what they are worth until then, and when they have paid for being won. Today is the 24th of November 2026. */
@PerennialTest
class SurvivalTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PERIOD = "from=2025-01-01&to=2026-11-25";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    RevenueLevels levels;

    Visitor program;
    Book book;

    @BeforeEach
    void aProgramReads() {
        book = new Book(database);
        program = people.program("read");
    }

    /** 100 a month each. */
    private void fiveCustomers() {
        book.line(book.account("year", "Year Yards"), "100", "2025-01-01")
                .until("2026-01-01")
                .add();
        book.line(book.account("here", "Here Harbor"), "100", "2025-01-01").add();
        book.line(book.account("half", "Half Hauling"), "100", "2025-07-01")
                .until("2026-01-01")
                .add();
        AccountId back = book.account("back", "Back Bakery");
        book.line(back, "100", "2025-01-01").until("2025-07-01").add();
        book.line(back, "100", "2026-03-01").add();
        book.line(book.account("young", "Young Yachts"), "100", "2026-06-01").add();
        database.sql("update accounts.account set segment = case when external_id in ('year', 'half') then 'Large' end")
                .update();
    }

    @Test
    void whoIsStillHereCountsAsLongAsIsKnown() {
        fiveCustomers();

        JsonNode all = read("survival", PERIOD).path("total");
        // After 6 months 2 of 4 are lost, the youngest is known for 5 only; after 12 months 1 of 2.
        assertThat(all.path("value").asDouble()).isCloseTo(0.25, within(1e-12));
        assertThat(all.path("sample").asInt()).isEqualTo(5);
        assertThat(all.path("figures").path("n_event").asInt()).isEqualTo(3);
        assertThat(all.path("figures").path("n_risk").asInt()).isEqualTo(2);
        assertThat(all.path("figures").path("month_3").asDouble()).isEqualTo(1);
        assertThat(all.path("figures").path("month_6").asDouble()).isCloseTo(0.5, within(1e-12));
        assertThat(all.path("figures").path("median_months").asDouble()).isEqualTo(6);
        assertThat(all.path("interval").path("method").asString()).isEqualTo("log");
        assertThat(all.path("interval").path("to").asDouble()).isEqualTo(1);

        JsonNode last = read("survival", PERIOD + "&definition=until_last").path("total");
        assertThat(last.path("value").asDouble())
                .as("who came back has not left")
                .isCloseTo(0.5, within(1e-12));
        assertThat(read("customer_lifetime", PERIOD).path("total").path("value").asDouble())
                .isEqualTo(6);
        // The same numbers, sent by somebody who checks us.
        JsonNode checked = JSON.readTree(program.json("POST", "/api/v1/metrics/survival/evaluate", """
                {"time_status": [[12, 1], [22.74, 0], [6, 1], [6, 1], [5.74, 0]], "at": 12}""")
                        .body())
                .path("result");
        assertThat(checked.path("value").asDouble()).isCloseTo(0.25, within(1e-12));
        assertThat(checked.path("interval").path("from").asDouble())
                .isEqualTo(all.path("interval").path("from").asDouble());
    }

    @Test
    void theChanceToStayIsReadInPercent() {
        assertThat(FigureWords.value(Figure.of(new BigDecimal("0.9413")), Unit.SHARE))
                .isEqualTo("94.1 %");
        assertThat(List.of(
                        FigureWords.further("n_risk", new BigDecimal("69"), Unit.SHARE),
                        FigureWords.further("n_event", new BigDecimal("16"), Unit.SHARE),
                        FigureWords.further("month_3", new BigDecimal("0.9911"), Unit.SHARE),
                        FigureWords.further("median_months", new BigDecimal("20"), Unit.SHARE)))
                .containsExactly("69 at risk", "16 left", "after 3 months 99.1 %", "half left after 20 months");
        fiveCustomers();
        assertThat(people.leader().get("/metrics/survival").body())
                .contains("25.0 %", "2 at risk", "3 left", "after 6 months 50.0 %")
                .doesNotContain("n risk");
    }

    @Test
    void aYearIsOverOnItsAnniversaryWhateverTheMonthsAreLike() {
        for (String start : List.of("2023-02-28", "2024-02-29", "2024-01-31", "2023-03-01", "2024-12-31")) {
            String end = database.sql("select (date '" + start + "' + interval '1 year')::date::text")
                    .query(String.class)
                    .single();
            book.line(book.account(start, "Began " + start), "100", start)
                    .until(end)
                    .add();
        }

        JsonNode figures =
                read("survival", "from=2023-01-01&to=2026-11-25").path("total").path("figures");
        assertThat(figures.path("month_6").asDouble()).isEqualTo(1);
        assertThat(figures.path("month_12").asDouble()).isZero();
    }

    @Test
    void aCustomerKnownLongerThanItsContractsEntersAtItsAge() {
        fiveCustomers();
        book.line(book.account("old", "Old Oaks"), "100", "2025-01-01")
                .until("2025-06-01")
                .add();
        database.sql("update accounts.account set customer_since = '2023-01-01' where external_id = 'old'")
                .update();

        // It began before the period, and was 24 months old when it was first seen.
        assertThat(read("survival", PERIOD).path("total").path("sample").asInt())
                .isEqualTo(5);
        JsonNode longer = read("survival", "from=2023-01-01&to=2026-11-25").path("total");
        assertThat(longer.path("sample").asInt()).isEqualTo(6);
        assertThat(longer.path("value").asDouble())
                .as("nothing of its first two years was observed")
                .isCloseTo(0.25, within(1e-12));
        assertThat(longer.path("figures").path("n_event").asInt()).isEqualTo(4);
    }

    @Test
    void groupsAndRowsAreThoseOfTheWhole() {
        fiveCustomers();

        JsonNode cut = read("survival", PERIOD + "&by=segment");
        assertThat(cut.path("groups").size()).isEqualTo(2);
        assertThat(cut.path("groups").get(0).path("result").path("sample").asInt()
                        + cut.path("groups")
                                .get(1)
                                .path("result")
                                .path("sample")
                                .asInt())
                .isEqualTo(5);
        Visitor leader = people.leader();
        assertThat(leader.get("/metrics/survival?" + PERIOD + "&part=counted").body())
                .contains("Here Harbor", "Young Yachts", "22.7 months, still here")
                .doesNotContain("Half Hauling");
        assertThat(leader.get("/metrics/survival?" + PERIOD + "&part=not_counted")
                        .body())
                .contains("Half Hauling", "6.0 months, lost on 1 Jan 2026")
                .doesNotContain("Here Harbor");
    }

    /** Paths answer for kept customers, ranges of days for those who changed: the same. */
    @Test
    void keptOrNotTheLivesAreTheSame() {
        HistoryBook facts = new HistoryBook(database, book);
        SplittableRandom chance = new SplittableRandom(20261124);
        for (int number = 0; number < 200; number++) {
            facts.write("account-" + number, RevenueHistories.make(chance));
        }
        List<String> changed = lives();
        assertThat(changed).hasSizeGreaterThan(500).anyMatch(life -> life.endsWith(" null null"));
        while (levels.keep(90) > 0) {
            Thread.onSpinWait();
        }
        assertThat(lives()).isEqualTo(changed);
    }

    private List<String> lives() {
        List<String> lives = new ArrayList<>();
        for (String today : List.of("2024-06-30", "2025-12-31", "2026-11-24")) {
            for (boolean graced : new boolean[] {true, false}) {
                lives.addAll(database.sql("""
                        select a.external_id || ' ' || l.first_on || ' ' || coalesce(l.lost_on::text, 'null') || ' '
                            || coalesce(l.left_on::text, 'null')
                        from metrics.lifetimes(cast(:today as date), :graced) l
                        join accounts.account a on a.id = l.account_id order by 1
                        """)
                        .param("today", today)
                        .param("graced", graced)
                        .query(String.class)
                        .list());
            }
        }
        return lives;
    }

    @Test
    void worthAndPaybackNeedWhatLeadersSay() {
        fiveCustomers();
        Visitor leader = people.leader();

        // January to October: 3 customers at the start of January, 2 of them live after it; 1 comes back in March, 1
        // comes in June.
        assertThat(reason("ltv", "")).isEqualTo("NO_MARGIN_SAID");
        assertThat(reason("cac_payback", "")).isEqualTo("NO_MARGIN_SAID");
        JsonNode revenue = worth("ltv", "&definition=revenue");
        assertThat(revenue.path("figures").path("arpu").asInt()).isEqualTo(100);

        Map<String, String> form =
                Map.of("from", "2025-01-01", "margin", "80", "acquisition", "1,000", "currency", "eur");
        assertThat(leader.post("/revenue/costs", form).statusCode()).isEqualTo(302);
        JsonNode ltv = worth("ltv", "");
        assertThat(ltv.path("value").asDouble()).isCloseTo(revenue.path("value").asDouble() * 0.8, within(1e-6));
        assertThat(ltv.path("currency").asString()).isEqualTo("EUR");
        // 10 months of 1,000 for one new customer, which leaves 80 a month.
        JsonNode payback = worth("cac_payback", "");
        assertThat(payback.path("figures").path("cac").asInt()).isEqualTo(10_000);
        assertThat(payback.path("value").asDouble()).isEqualTo(125);
        assertThat(leader.get("/revenue/survival").body()).contains("137.5 months", "Undo");
        database.sql("update accounts.account set segment = 'SMB'").update();
        for (String metric : List.of("ltv", "cac_payback")) {
            JsonNode cut = read(metric, "from=2026-01-01&to=2026-11-01&by=segment");
            assertThat(cut.path("groups").size()).isEqualTo(1);
            assertThat(cut.path("groups").path(0).path("key").asString()).isEqualTo("SMB");
            assertThat(cut.path("groups").path(0).path("result").path("value").asDouble())
                    .as("one segment is the whole")
                    .isCloseTo(cut.path("total").path("value").asDouble(), within(1e-9));
        }

        String change = database.sql("select id::text from platform.change where kind = 'customer-cost'")
                .query(String.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(reason("ltv", "")).isEqualTo("NO_MARGIN_SAID");
    }

    @Test
    void aCostThatCannotBeIsRefusedAndOthersMayNotSayIt() {
        fiveCustomers();
        Visitor leader = people.leader();

        for (Map<String, String> wrong : List.of(
                Map.of("from", "2025-01-01", "margin", "180"),
                Map.of("from", "2025-01-01", "margin", "much"),
                Map.of("from", "yesterday", "margin", "80"),
                Map.of("from", "2025-01-01", "margin", "80", "acquisition", "5", "currency", "gold"))) {
            HttpResponse<String> refused = leader.post("/revenue/costs", wrong);
            assertThat(refused.statusCode()).as(wrong.toString()).isEqualTo(422);
            assertThat(refused.body()).contains("class=\"error\"");
        }
        assertThat(people.csm("Ana Reyes")
                        .post("/revenue/costs", Map.of("from", "2025-01-01", "margin", "80"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void withFewCustomersThereIsNoCurveButAReason() {
        assertThat(read("survival", PERIOD)
                        .path("total")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_COHORT");
        Visitor leader = people.leader();
        assertThat(leader.get("/revenue/survival").body()).contains("No customer began in this period");
        book.line(book.account("one", "One"), "100", "2025-01-01").add();
        assertThat(leader.get("/revenue/survival").body()).contains("Too few for a curve: 1 customer");
        assertThat(read("customer_lifetime", PERIOD)
                        .path("total")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("MORE_THAN_HALF_LEFT");
        assertThat(leader.get("/revenue/survival?from=x&to=2020-01-01&by=nothing&definition=nothing")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void thePageTellsTheCurveAndItsTable() {
        fiveCustomers();
        for (int more = 0; more < 4; more++) {
            book.line(book.account("more-" + more, "More " + more), "100", "2025-01-01")
                    .add();
        }

        String page = people.leader().get("/revenue/survival").body();
        assertThat(page)
                .contains("After 12 months ", "cs-chart", "Percent still customers, by months", "95 % interval");
        assertThat(people.leader().get("/revenue/survival?by=segment").body())
                .contains("By segment", "not said", "Large");
        assertThat(people.csmWithOwnAccounts("Ana Reyes")
                        .get("/revenue/survival")
                        .body())
                .as("of her portfolio, which is empty")
                .contains("No customer began in this period");
    }

    private JsonNode worth(String metric, String more) {
        return read(metric, "from=2026-01-01&to=2026-11-01" + more).path("total");
    }

    private String reason(String metric, String more) {
        return worth(metric, more).path("reason").path("code").asString();
    }

    private JsonNode read(String metric, String parameters) {
        HttpResponse<String> answer = program.get("/api/v1/metrics/" + metric + "?" + parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
