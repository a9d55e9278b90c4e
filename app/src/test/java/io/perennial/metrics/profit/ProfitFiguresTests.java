package io.perennial.metrics.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.identity.Role;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What service costs and brings, from a company's own facts. Today is the 24th of November 2026. */
@PerennialTest
class ProfitFiguresTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AUTUMN = "from=2026-08-01&to=2026-11-01";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    KeptCosts kept;

    Visitor program;
    Visitor leader;
    Book book;
    AccountId cheap;
    AccountId dear;
    UUID ana;

    @BeforeEach
    void twoCustomersWithService() {
        book = new Book(database);
        program = people.program("read", "write");
        leader = people.leader();
        cheap = book.account("cheap", "Cheap Chairs");
        dear = book.account("dear", "Dear Doors");
        for (AccountId account : new AccountId[] {cheap, dear}) {
            book.line(account, "100", "2025-01-01")
                    .of("service")
                    .product("Premier")
                    .add();
            book.line(account, "1000", "2025-01-01").add();
        }
        ana = people.member("Ana Reyes", Role.CSM, true);
    }

    private void anHourCosts(String whose, String from, String hourly, String overhead) {
        HttpResponse<String> answer = leader.post(
                "/profitability/rates",
                Map.of("whose", whose, "from", from, "hourly", hourly, "overhead", overhead, "currency", "EUR"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    }

    private void aCaseCosts(String amount) {
        assertThat(leader.post(
                                "/profitability/rates/assumed",
                                Map.of("what", "case", "from", "2026-01-01", "amount", amount, "currency", "EUR"))
                        .statusCode())
                .isEqualTo(302);
    }

    private HttpResponse<String> spent(String id, String account, String day, int minutes, @Nullable String forCase) {
        return program.json("PUT", "/api/v1/time-entries/" + id, """
                {"account":"%s","member":"ana.reyes","activity":"onboarding","day":"%s","minutes":%d%s}
                """.formatted(
                        account, day, minutes, forCase == null ? "" : ",\"case\":\"" + forCase + "\""));
    }

    private UUID solved(AccountId account, String day, String cause, @Nullable String minutes) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, opened_at, resolved_at, cause, attributes,
                    created_at, updated_at)
                values (:id, :id::text, :account, :at, cast(:at as timestamptz) + interval '1 hour', :cause,
                    jsonb_strip_nulls(jsonb_build_object('handling_minutes', cast(:minutes as text))), now(), now())
                """)
                .param("id", id)
                .param("account", account.value())
                .param("at", Timestamp.from(Instant.parse(day + "T10:00:00Z")))
                .param("cause", cause)
                .param("minutes", minutes)
                .update();
        return id;
    }

    @Test
    void timeEntriesCostWhatTheirPeopleCostOnThatDay() {
        assertThat(spent("t1", "cheap", "2026-08-10", 60, null).statusCode()).isEqualTo(201);
        assertThat(spent("t2", "cheap", "2026-10-10", 30, null).statusCode()).isEqualTo(201);
        assertThat(spent("t3", "cheap", "2026-10-10", 2000, null).statusCode()).isEqualTo(422);
        assertThat(total("cost_to_deliver", "").path("reason").path("code").asString())
                .isEqualTo("NO_COST");
        anHourCosts("", "2026-01-01", "40", "0");
        anHourCosts("CSM", "2026-01-01", "60", "0.5");
        anHourCosts("CSM", "2026-10-01", "80", "0.5");

        JsonNode cost = total("cost_to_deliver", "");
        assertThat(cost.path("value").decimalValue()).isEqualByComparingTo("150");
        assertThat(cost.path("currency").asString()).isEqualTo("EUR");
        assertThat(cost.path("figures").path("overhead").decimalValue()).isEqualByComparingTo("50");
        assertThat(cost.path("figures").path("time").decimalValue()).isEqualByComparingTo("150");
        assertThat(cost.path("figures").path("hours").decimalValue()).isEqualByComparingTo("1.5");
        kept.keep();
        assertThat(total("cost_to_deliver", "").path("value").decimalValue()).isEqualByComparingTo("150");
        JsonNode months = read("cost_to_deliver", "&by=month").path("groups");
        assertThat(months.path(0).path("result").path("value").decimalValue()).isEqualByComparingTo("90");
        assertThat(months.path(1).path("result").path("value").isNull()).isTrue();
    }

    @Test
    void aCaseCostsItsTimeItsMinutesOrWhatACaseUsuallyCosts() {
        UUID timed = solved(cheap, "2026-09-01", "defect", "600");
        solved(cheap, "2026-09-02", "how-to", "90");
        solved(dear, "2026-09-03", "defect", null);
        assertThat(spent("t1", "cheap", "2026-08-31", 60, timed.toString()).statusCode())
                .isEqualTo(201);
        anHourCosts("", "2026-01-01", "40", "0");

        JsonNode before = total("cost_to_deliver", "");
        assertThat(before.path("value").decimalValue()).isEqualByComparingTo("100");
        assertThat(before.path("excluded").path(ProfitSql.UNKNOWN_COST).asInt()).isEqualTo(1);
        aCaseCosts("25");
        JsonNode after = total("cost_to_deliver", "");
        assertThat(after.path("value").decimalValue()).isEqualByComparingTo("125");
        assertThat(after.path("figures").path("estimated").decimalValue()).isEqualByComparingTo("25");
        JsonNode defects = total("defect_handling_cost", "");
        assertThat(defects.path("value").decimalValue()).isEqualByComparingTo("65");
        assertThat(defects.path("figures").path("percent_of_service_cost").decimalValue())
                .isEqualByComparingTo("52");
        database.sql(
                        "update cases.support_case set attributes = '{\"handling_minutes\": \"120\"}' where account_id = :dear")
                .param("dear", dear.value())
                .update();
        assertThat(total("cost_to_deliver", "").path("value").decimalValue()).isEqualByComparingTo("180");
        assertThat(leader.get("/metrics/defect_handling_cost?" + AUTUMN + "&part=counted")
                        .body())
                .contains("2 rows", "Cheap Chairs", "Dear Doors");
    }

    @Test
    void conversationsCountWhatTheyUsuallyTakeUnlessTimeWasRecorded() {
        book.touchpoint(cheap, "call", Instant.parse("2026-09-01T10:00:00Z"), "Roll-out");
        book.touchpoint(cheap, "call", Instant.parse("2026-09-02T10:00:00Z"), "Roll-out");
        spent("t1", "cheap", "2026-09-02", 60, null);
        anHourCosts("", "2026-01-01", "40", "0");
        assertThat(leader.post(
                                "/profitability/rates/assumed",
                                Map.of("what", "call", "from", "2026-01-01", "amount", "30"))
                        .statusCode())
                .isEqualTo(302);

        JsonNode cost = total("cost_to_deliver", "");
        assertThat(cost.path("value").decimalValue()).isEqualByComparingTo("60");
        assertThat(cost.path("figures").path("touchpoints").decimalValue()).isEqualByComparingTo("20");
        assertThat(cost.path("figures").path("estimated").decimalValue()).isEqualByComparingTo("20");
        database.sql("delete from metrics.time_entry").update();
        assertThat(total("cost_to_deliver", "").path("value").decimalValue()).isEqualByComparingTo("40");
    }

    @Test
    void marginIsWhatServiceBringsLessWhatItCosts() {
        for (int day = 10; day < 20; day++) {
            spent("d" + day, "dear", "2026-09-" + day, 60, null);
        }
        spent("c", "cheap", "2026-09-10", 60, null);
        anHourCosts("", "2026-01-01", "40", "0");

        assertThat(total("service_revenue", "").path("value").decimalValue().doubleValue())
                .isEqualTo(600, within(1e-9));
        JsonNode margin = total("service_margin", "");
        // 600 less 440.
        assertThat(margin.path("value").decimalValue().doubleValue()).isEqualTo(100 * 160 / 600.0, within(1e-9));
        assertThat(margin.path("figures").path("customers_below_zero").asInt()).isEqualTo(1);
        JsonNode customers = read("service_margin", "&by=customer").path("groups");
        assertThat(customers.size()).isEqualTo(2);
        String page = leader.get("/profitability?" + AUTUMN).body();
        assertThat(page).containsSubsequence("Dear Doors", "−100", "Cheap Chairs", "260");
        assertThat(leader.get("/profitability?" + AUTUMN + "&order=best").body())
                .containsSubsequence("Cheap Chairs", "Dear Doors");
        assertThat(leader.get("/profitability?" + AUTUMN + "&by=program").body())
                .contains("not said", "160");
        assertThat(leader.get("/profitability?" + AUTUMN + "&by=month").body()).contains("2026-09");
        assertThat(leader.get("/profitability/customers.csv?" + AUTUMN).body())
                .contains("customer", "Dear Doors,,1,EUR,300.00,400.00,0.00,-100.00");
        assertThat(leader.get("/profitability/accounts/" + dear.value()).body())
                .contains("Dear Doors", "onboarding", "10.0 h");
        assertThat(leader.get("/accounts/" + dear.value()).body()).contains("What service costs");
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");
        assertThat(ben.get("/profitability?" + AUTUMN).body()).doesNotContain("Dear Doors");
        assertThat(ben.get("/profitability/accounts/" + dear.value()).statusCode())
                .isEqualTo(404);
        assertThat(ben.get("/profitability/customers.csv?" + AUTUMN).body()).doesNotContain("Dear Doors");
    }

    @Test
    void kindsOfWorkAddUpAndKeptCostsAreThoseCountedAnew() {
        anHourCosts("", "2026-01-01", "40", "0.25");
        aCaseCosts("25");
        for (int day = 10; day < 28; day++) {
            spent("d" + day, day % 2 == 0 ? "dear" : "cheap", "2026-09-" + day, day, null);
            solved(day % 3 == 0 ? dear : cheap, "2026-10-" + day, "defect", day % 5 == 0 ? null : "" + day);
        }
        JsonNode fresh = total("cost_to_deliver", "");
        kept.keep();
        JsonNode same = total("cost_to_deliver", "");
        assertThat(same.path("value").decimalValue())
                .isEqualByComparingTo(fresh.path("value").decimalValue());
        assertThat(same.path("figures")
                        .path("cases")
                        .decimalValue()
                        .add(same.path("figures").path("time").decimalValue())
                        .doubleValue())
                .isEqualTo(same.path("value").decimalValue().doubleValue(), within(1e-9));
        anHourCosts("", "2026-01-01", "80", "0.25");
        JsonNode doubled = total("cost_to_deliver", "");
        assertThat(doubled.path("figures").path("time").decimalValue().doubleValue())
                .isEqualTo(2 * same.path("figures").path("time").decimalValue().doubleValue(), within(1e-9));
        String change = database.sql(
                        "select id::text from platform.change where kind = 'cost-rate' order by at desc, id desc limit 1")
                .query(String.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(total("cost_to_deliver", "").path("value").decimalValue())
                .isEqualByComparingTo(fresh.path("value").decimalValue());
    }

    @Test
    void capacityIsTheHoursOfThoseWhoHaveAccounts() {
        database.sql("update accounts.account set owner_id = :ana")
                .param("ana", ana)
                .update();
        assertThat(total("capacity", "").path("reason").path("code").asString()).isEqualTo("HOURS_NOT_SET");
        leader.post(
                "/profitability/rates",
                Map.of("whose", "CSM", "from", "2026-01-01", "hourly", "40", "hours", "130", "currency", "EUR"));
        assertThat(total("capacity", "").path("value").asInt()).isEqualTo(65);
    }

    @Test
    void theEffectOfHoursIsReadFromOwnTermsAndAPlanIsSavedAndTakenBack() {
        for (int i = 0; i < 12; i++) {
            AccountId account = book.account("a" + i, "Account " + i);
            book.line(account, "100", "2025-10-01").until("2026-06-01").add();
            if (i % 2 == 0 || i > 8) {
                book.line(account, "100", "2026-06-01").until("2027-06-01").add();
                spent("x" + i, "a" + i, "2026-03-10", 60 + 10 * i, null);
            }
        }
        JsonNode more = total("service_and_renewal", "");
        assertThat(more.isMissingNode()).isFalse();
        HttpResponse<String> year = program.get("/api/v1/metrics/service_and_renewal?from=2025-12-01&to=2026-11-01");
        JsonNode difference = JSON.readTree(year.body()).path("total");
        // The six with the most hours stayed; of the other six, two had an hour or so, and four nothing.
        assertThat(difference.path("value").decimalValue().doubleValue()).isEqualTo(100 - 100 / 3.0, within(1e-9));
        assertThat(difference.path("figures").path("terms_with_fewer").asInt()).isEqualTo(6);

        String page = leader.get("/profitability/what-if?activity=onboarding&hours=2&hour_cost=50")
                .body();
        assertThat(page)
                .contains("your own terms, 95 % interval", "8 of 12 terms", "A relation is not a cause", "typed")
                .contains("It costs 800 EUR"); // eight customers with a term due in the next twelve months
        assertThat(leader.get("/profitability/what-if?hours=many").body()).contains("Write a number, such as 1.5.");
        Map<String, String> plan = Map.of(
                "name",
                "Two hours",
                "hours",
                "2",
                "customers",
                "10",
                "hour_cost",
                "50",
                "revenue_due",
                "10000",
                "renewal_rate",
                "80",
                "low",
                "0",
                "likely",
                "1",
                "high",
                "2",
                "margin",
                "100");
        assertThat(leader.post("/profitability/what-if", plan).statusCode()).isEqualTo(302);
        assertThat(leader.get("/profitability/what-if").body())
                .contains("Two hours", "likely=1&amp;", "revenue_due=10000");
        String change = database.sql("select id::text from platform.change where kind = 'what-if-scenario'")
                .query(String.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(leader.get("/profitability/what-if").body()).doesNotContain("Two hours");
        assertThat(people.csm("Ana Reyes").post("/profitability/what-if", plan).statusCode())
                .isEqualTo(403);
        assertThat(leader.post("/profitability/what-if", Map.of("name", " ")).statusCode())
                .isEqualTo(422);
    }

    @Test
    void workAndLinesCountForTheProgramThatTheyName() {
        program("premier", "Premier");
        database.sql(
                        "update contracts.contract_line set program = 'premier' where account_id = :dear and kind = 'service'")
                .param("dear", dear.value())
                .update();
        anHourCosts("", "2026-01-01", "40", "0");
        spent("t1", "dear", "2026-09-10", 120, null);
        assertThat(program.json("PUT", "/api/v1/time-entries/t2", """
                        {"account":"dear","member":"ana.reyes","activity":"review","day":"2026-09-11","minutes":60,"program":"PREMIER"}""").statusCode())
                .isEqualTo(201);

        JsonNode programs = read("service_margin", "&by=program").path("groups");
        assertThat(programs.size()).isEqualTo(2);
        for (JsonNode group : programs) {
            boolean premier = group.path("key").asString().equals("Premier");
            // 300 of service less the hour that names it; the other 300 less the two hours that name nothing.
            assertThat(group.path("result").path("numerator").decimalValue().doubleValue())
                    .as(group.toString())
                    .isEqualTo(premier ? 260 : 220, within(1e-9));
        }
        assertThat(total("service_margin", "").path("numerator").decimalValue().doubleValue())
                .isEqualTo(480, within(1e-9));
        kept.keep();
        String page = leader.get("/profitability?" + AUTUMN + "&by=program").body();
        assertThat(page).contains("Premier", "260", "group=Premier");
        assertThat(leader.get("/profitability?" + AUTUMN + "&by=program&group=Premier")
                        .body())
                .contains("Customers who bring least beyond their cost: Premier", "Dear Doors")
                .doesNotContain("Cheap Chairs");
        assertThat(leader.get("/profitability?" + AUTUMN + "&by=month&group=2026-09")
                        .body())
                .contains("Dear Doors", "Cheap Chairs");
        assertThat(leader.get("/profitability/customers.csv?" + AUTUMN + "&by=program")
                        .body())
                .contains("program,segment,customers", "Premier,,1,EUR,300.00,40.00");
    }

    private void program(String key, String name) {
        database.sql("""
                insert into programs.program (id, key, name, tier, created_at) values (gen_random_uuid(), :key, :name, 1, now())
                """).param("key", key).param("name", name).update();
    }

    @Test
    void aPlanIsInOneCurrencyAndSaysWhatItLeavesOut() {
        for (String currency : new String[] {"EUR", "USD"}) {
            AccountId account = book.account("due-" + currency, "Due " + currency);
            book.line(account, currency.equals("USD") ? "10" : "100", "2026-01-01")
                    .until("2027-01-01")
                    .in(currency)
                    .add();
        }
        anHourCosts("", "2026-01-01", "40", "0.25");

        String page = leader.get("/profitability/what-if").body();
        assertThat(page)
                .contains("EUR: 1,200 of 1 customers", "USD: 120 of 1 customers", "the cost rate with its overhead");
        String dollars = leader.get("/profitability/what-if?currency=USD").body();
        assertThat(dollars).contains("there is no exchange rate to USD", "It costs 50 USD");
        database.sql("insert into contracts.exchange_rate values ('EUR', 1, true), ('USD', 2, false)")
                .update();
        assertThat(leader.get("/profitability/what-if").body())
                .contains("It costs 100 EUR")
                .doesNotContain("USD: 120");
    }

    @Test
    void indirectRevenueIsToldByItsRuleAndNeverAdded() {
        AccountId spoken = book.account("spoken", "Spoken With");
        AccountId silent = book.account("silent", "Silent");
        for (AccountId account : new AccountId[] {spoken, silent}) {
            book.line(account, "100", "2025-09-01").until("2026-09-01").add();
            book.line(account, "100", "2026-09-01").until("2027-09-01").add();
        }
        book.touchpoint(spoken, "call", Instant.parse("2026-08-01T10:00:00Z"), "Renewal");
        database.sql("""
                insert into growth.opportunity (id, external_id, account_id, name, amount, currency, stage, closed_on, sourced_by,
                    created_at, updated_at)
                select gen_random_uuid(), by, :account, 'More sites', 500, 'EUR', 'won', '2026-09-10', by, now(), now()
                from unnest(array['success', 'sales']) as by
                """).param("account", spoken.value()).update();

        JsonNode renewals = total("indirect_revenue", "");
        assertThat(renewals.path("value").asInt()).isEqualTo(1_200);
        assertThat(renewals.path("denominator").asInt()).isEqualTo(2_400);
        JsonNode sourced = total("indirect_revenue", "&definition=sourced");
        assertThat(sourced.path("value").asInt()).isEqualTo(500);
        assertThat(sourced.path("denominator").asInt()).isEqualTo(1_000);
        assertThat(total("indirect_revenue", "&definition=influenced_growth")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_GROWTH");
    }

    @Test
    void aCsmLogsTimeOnTheAccountAndCanTakeItBack() {
        Visitor csm = people.csm("Ana Reyes");
        String address = "/accounts/" + cheap.value() + "/time";

        assertThat(csm.post(address, Map.of("activity", "Onboarding", "day", "2026-11-20", "minutes", "45"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(csm.get("/profitability/accounts/" + cheap.value()).body()).contains("onboarding", "0.8 h", "Undo");
        assertThat(csm.post(address, Map.of("activity", "Onboarding", "day", "2026-11-20", "minutes", "soon"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .post(address, Map.of("activity", "x", "day", "2026-11-20", "minutes", "1"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.reader().post(address, Map.of("activity", "x")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void onlyLeadersSayWhatTimeCosts() {
        assertThat(people.csm("Ana Reyes")
                        .post(
                                "/profitability/rates",
                                Map.of("whose", "", "from", "2026-01-01", "hourly", "1", "currency", "EUR"))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> wrong = leader.post(
                "/profitability/rates", Map.of("whose", "", "from", "soon", "hourly", "1", "currency", "EUR"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Say from which day on");
        assertThat(leader.post(
                                "/profitability/rates",
                                Map.of("whose", "", "from", "2026-01-01", "hourly", "-1", "currency", "EUR"))
                        .statusCode())
                .isEqualTo(422);
    }

    private JsonNode total(String metric, String more) {
        return read(metric, more).path("total");
    }

    private JsonNode read(String metric, String more) {
        HttpResponse<String> answer = program.get("/api/v1/metrics/" + metric + "?" + AUTUMN + more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
