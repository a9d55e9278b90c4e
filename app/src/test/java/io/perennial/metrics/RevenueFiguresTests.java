package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Revenue and retention read from a company's own contracts. Today is the 24th of November 2026. */
@PerennialTest
class RevenueFiguresTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String YEAR = "from=2026-01-01&to=2026-11-01";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    Visitor program;
    Book book;

    @BeforeEach
    void aProgramReads() {
        book = new Book(database);
        program = people.program("read");
    }

    /** 100 a month each, but for what their names say. */
    private void sixCustomers() {
        AccountId grown = book.account("grown", "Grown Gears");
        book.line(grown, "100", "2025-01-01").add();
        book.line(grown, "50", "2026-03-01").add();
        AccountId shrunk = book.account("shrunk", "Shrunk Shipping");
        book.line(shrunk, "100", "2025-01-01").until("2026-04-01").add();
        book.line(shrunk, "70", "2026-04-01").add();
        AccountId lost = book.account("lost", "Lost Lumber");
        book.line(lost, "100", "2025-01-01").until("2026-05-01").add();
        AccountId fresh = book.account("fresh", "Fresh Foods");
        book.line(fresh, "100", "2026-06-01").add();
        AccountId back = book.account("back", "Back Bakery");
        book.line(back, "100", "2025-01-01").until("2025-07-01").add();
        book.line(back, "100", "2026-06-01").add();
        AccountId late = book.account("late", "Late Logistics");
        book.line(late, "100", "2025-01-01").until("2025-12-15").add();
        book.line(late, "100", "2026-01-10").add();
        database.sql(
                        "update accounts.account set segment = case when external_id in ('grown', 'lost') then 'Large' end")
                .update();
    }

    @Test
    void netRetentionComesFromTheLedgerOfCustomersLiveAtTheStart() {
        sixCustomers();

        JsonNode nrr = total("nrr", "");
        // 4 customers with 4,800 a year; 600 more, 360 less, 1,200 lost.
        assertThat(nrr.path("denominator").asInt()).isEqualTo(4_800);
        assertThat(nrr.path("numerator").asInt()).isEqualTo(3_840);
        assertThat(nrr.path("value").asInt()).isEqualTo(80);
        assertThat(nrr.path("currency").asString()).isEqualTo("EUR");
        assertThat(nrr.path("caution").asString()).isEqualTo("too few to rank: 4");
        assertThat(total("nrr", "&definition=with_reactivation").path("value").asInt())
                .isEqualTo(105);
        assertThat(total("grr", "").path("value").decimalValue()).isEqualByComparingTo("67.5");
        assertThat(total("customer_retention_rate", "").path("value").asInt()).isEqualTo(75);
        assertThat(total("customer_churn_rate", "").path("value").asInt()).isEqualTo(25);
        assertThat(total("revenue_churn_gross", "").path("value").decimalValue())
                .isEqualByComparingTo("32.5");
        assertThat(total("revenue_churn_net", "").path("value").asInt()).isEqualTo(20);
        assertThat(total("expansion_rate", "").path("value").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(total("contraction_rate", "").path("value").decimalValue()).isEqualByComparingTo("7.5");
        assertThat(total("recurring_revenue_rate", "").path("value").asInt()).isEqualTo(130);
        assertThat(total("arr", "").path("value").asInt()).isEqualTo(6_240);
        assertThat(total("mrr", "").path("value").asInt()).isEqualTo(520);
        assertThat(total("arpa", "").path("value").asInt()).isEqualTo(104);
        assertThat(total("quick_ratio", "").path("numerator").asInt()).isEqualTo(3_000);
        assertThat(total("quick_ratio", "").path("denominator").asInt()).isEqualTo(1_560);
    }

    @Test
    void whoRenewsLateStaysACustomerUnlessOneAsksWithoutGrace() {
        sixCustomers();

        JsonNode without = total("mrr_movements", "&definition=as_run").path("figures");
        assertThat(without.path("start").asInt()).isEqualTo(300);
        assertThat(without.path("reactivation").asInt()).isEqualTo(200);
        assertThat(without.path("n_reactivation").asInt()).isEqualTo(2);
        JsonNode graced = total("mrr_movements", "").path("figures");
        assertThat(graced.path("start").asInt()).isEqualTo(400);
        assertThat(graced.path("new").asInt()).isEqualTo(100);
        assertThat(graced.path("reactivation").asInt()).isEqualTo(100);
        assertThat(graced.path("expansion").asInt()).isEqualTo(50);
        assertThat(graced.path("contraction").asInt()).isEqualTo(-30);
        assertThat(graced.path("churn").asInt()).isEqualTo(-100);
        assertThat(graced.path("mrr").asInt()).isEqualTo(520);
    }

    @Test
    void aLapseIsNoLossBeforeItsGraceIsOverOrTheLossIsDeclared() {
        AccountId harbor = book.account("harbor", "Harbor Freight Lines");
        book.line(harbor, "100", "2025-01-01").until("2026-10-01").add();

        assertThat(total("customer_retention_rate", "").path("value").asInt()).isEqualTo(100);
        database.sql("""
                insert into contracts.cancellation (id, external_id, account_id, cancelled_on, effective_on, created_at,
                    updated_at)
                values (gen_random_uuid(), 'x', :account, '2026-09-01', '2026-10-01', now(), now())
                """).param("account", harbor.value()).update();
        assertThat(total("customer_retention_rate", "").path("value").asInt()).isZero();
    }

    @Test
    void withoutRevenueAtTheStartThereIsAReasonAndNoZero() {
        assertThat(total("nrr", "").path("reason").path("code").asString()).isEqualTo("NO_REVENUE_AT_START");
        assertThat(total("customer_retention_rate", "")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_CUSTOMERS_AT_START");
        assertThat(total("arr", "").path("reason").path("code").asString()).isEqualTo("NO_REVENUE");
        assertThat(total("arpa", "").path("reason").path("code").asString()).isEqualTo("NO_CUSTOMERS");
        assertThat(total("quick_ratio", "").path("reason").path("code").asString())
                .isEqualTo("NOTHING_LOST");
        assertThat(people.leader().get("/revenue").body()).contains("No recurring revenue in this period");
    }

    @Test
    void currenciesAreAddedOnlyByRates() {
        book.line(book.account("one", "One"), "100", "2025-01-01").add();
        AccountId two = book.account("two", "Two");
        book.line(two, "220", "2025-01-01").in("USD").until("2026-03-01").add();
        book.line(two, "130", "2026-03-01").add();

        assertThat(total("nrr", "").path("reason").path("code").asString()).isEqualTo("SEVERAL_CURRENCIES");
        JsonNode cut = read("nrr", "&by=currency").path("groups");
        assertThat(cut.path(0).path("key").asString()).isEqualTo("EUR");
        assertThat(cut.path(0).path("result").path("value").asInt()).isEqualTo(230);
        assertThat(cut.path(1).path("result").path("value").asInt()).isZero();
        assertThat(total("customer_retention_rate", "").path("value").asInt()).isEqualTo(100);
        assertThat(people.leader().get("/revenue?" + YEAR).body())
                .contains("2 currencies without exchange rates", "Bridge in EUR", "Bridge in USD", "230.0 %");
        database.sql("insert into contracts.exchange_rate values ('EUR', 1, true), ('USD', 1.1, false)")
                .update();
        JsonNode constant = total("nrr", "");
        assertThat(constant.path("denominator").asInt()).isEqualTo(3_600);
        assertThat(constant.path("numerator").asInt()).isEqualTo(2_760);
        assertThat(constant.path("currency").asString()).isEqualTo("EUR");
    }

    @Test
    void figuresAreCutByWhatIsKnownOfCustomersAndLeadToThem() {
        sixCustomers();

        JsonNode bySegment = read("nrr", "&by=segment").path("groups");
        assertThat(bySegment.path(0).path("key").asString()).isEmpty();
        assertThat(bySegment.path(1).path("key").asString()).isEqualTo("Large");
        assertThat(bySegment.path(1).path("result").path("value").asInt()).isEqualTo(75);
        JsonNode byMonth = read("mrr_movements", "&by=month").path("groups");
        assertThat(byMonth.size()).isEqualTo(10);
        assertThat(byMonth.path(4).path("key").asString()).isEqualTo("2026-05");
        assertThat(byMonth.path(3).path("result").path("figures").path("churn").asInt())
                .isZero();
        assertThat(byMonth.path(4).path("result").path("figures").path("churn").asInt())
                .isEqualTo(-100);
        assertThat(read("customer_retention_rate", "&by=cohort")
                        .path("groups")
                        .path(0)
                        .path("key")
                        .asString())
                .isEqualTo("2025");
        assertThat(people.leader()
                        .get("/metrics/nrr?" + YEAR + "&by=segment&group=Large&part=not_counted")
                        .body())
                .contains("1 row", "Lost Lumber", "1,200 → 0 EUR")
                .doesNotContain("Grown Gears");
    }

    @Test
    void theRevenuePageShowsTheBridgeAndEveryNumberLeadsToItsCustomers() {
        sixCustomers();
        Visitor leader = people.leader();

        String page = leader.get("/revenue?" + YEAR).body();
        assertThat(page).contains("From 4,800 to 6,240 EUR a year", "80.0 %", "67.5 %", "−1,200", "+600");
        assertThat(page).contains("/revenue?from=2026-01-01&amp;to=2026-11-01&amp;part=churn#customers");
        assertThat(leader.get("/revenue?" + YEAR + "&part=churn").body())
                .contains("Churn: 1 customer", "Lost Lumber")
                .doesNotContain("Back Bakery");
        assertThat(leader.get("/revenue?" + YEAR + "&part=reactivation").body()).contains("Back Bakery");
        assertThat(leader.get("/revenue?" + YEAR + "&by=segment").body()).contains("Large", "group=Large");
        String large =
                leader.get("/revenue?" + YEAR + "&by=segment&group=Large").body();
        assertThat(large).contains("From 2,400 to 1,800 EUR a year");
        assertThat(leader.get("/revenue?" + YEAR + "&definition=as_run").body()).contains("From 3,600 to 6,240");
        assertThat(leader.get("/revenue/months?" + YEAR).body())
                .contains("Movements by month", "2026-05", "−1,200")
                .contains("2026-10");
        assertThat(leader.get("/revenue?from=nonsense&to=&by=priority&part=x&page=x&group=%00")
                        .statusCode())
                .isEqualTo(200);
        assertThat(leader.get("/service?by=segment").statusCode()).isEqualTo(200);
    }

    @Test
    void aMemberWithAPortfolioSeesTheRevenueOfIt() {
        sixCustomers();
        Visitor ana = people.csmWithOwnAccounts("Ana Reyes");
        database.sql("update accounts.account set owner_id = :ana where external_id = 'grown'")
                .param("ana", ana.id())
                .update();

        String page =
                ana.get("/revenue?" + YEAR + "&part=expansion&by=customer").body();
        assertThat(page)
                .contains("From 1,200 to 1,800 EUR a year", "Grown Gears")
                .doesNotContain("Lost Lumber");
        assertThat(ana.get("/metrics/nrr?" + YEAR + "&part=base").body())
                .contains("Grown Gears")
                .doesNotContain("Lost Lumber");
    }

    @Test
    void leadersSetTheRulesAndCanTakeThemBack() {
        sixCustomers();
        book.line(book.account("dollar", "Dollar Depot"), "220", "2025-01-01")
                .in("USD")
                .add();
        Visitor leader = people.leader();

        assertThat(leader.post("/revenue/rules", Map.of("grace", "10", "own", "eur", "rates", "USD 1.1"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(leader.get("/revenue/rules").body()).contains("USD 1.1", "value=\"10\"", "Undo");
        // The gap of late lasted 26 days: with ten days of grace it had left.
        assertThat(total("arr", "").path("value").asInt()).isEqualTo(6_240 + 2_400);
        assertThat(total("nrr", "").path("denominator").asInt()).isEqualTo(3_600 + 2_400);
        String change = database.sql("select id::text from platform.change where kind = 'revenue-rules'")
                .query(String.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(total("nrr", "").path("reason").path("code").asString()).isEqualTo("SEVERAL_CURRENCIES");
        assertThat(leader.post("/revenue/rules", Map.of("grace", "-1", "own", "", "rates", ""))
                        .body())
                .contains("Between 0 and 730 days.");
        assertThat(leader.post("/revenue/rules", Map.of("grace", "9", "own", "EUR", "rates", "USD 0"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(people.csm("Ana Reyes")
                        .post("/revenue/rules", Map.of("grace", "1"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.csm("Ana Reyes").get("/revenue/rules").body())
                .contains("Each currency has figures of its own");
    }

    private JsonNode total(String metric, String more) {
        return read(metric, more).path("total");
    }

    private JsonNode read(String metric, String more) {
        HttpResponse<String> answer = program.get("/api/v1/metrics/" + metric + "?" + YEAR + more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
