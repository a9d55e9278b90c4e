package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How service is attached, renewed, raised and won back. Today is the 24th of November 2026. */
@PerennialTest
class ServiceSalesTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String YEAR = "from=2026-01-01&to=2026-12-01";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    Visitor program;
    Book book;

    @BeforeEach
    void aProgramReads() {
        book = new Book(database);
        program = people.program("read", "write");
    }

    private AccountId sold(String id, String name, String day) {
        AccountId account = book.account(id, name);
        book.line(account, "100", day).add();
        return account;
    }

    private void service(AccountId account, String monthly, String from, String until) {
        book.line(account, monthly, from)
                .until(until)
                .of("service")
                .product("Premier support")
                .add();
    }

    /** One bought support with it, one a month later, one never, one was given it, one renewed, one bought yesterday. */
    private void sales() {
        service(sold("with", "With Wagons", "2026-03-01"), "20", "2026-03-15", "2027-03-15");
        service(sold("later", "Later Lorries", "2026-03-01"), "20", "2026-05-10", "2027-05-10");
        sold("without", "Without Wheels", "2026-04-01");
        service(sold("given", "Given Gears", "2026-04-01"), "0", "2026-04-01", "2027-04-01");
        AccountId known = book.account("known", "Known Knots");
        book.line(known, "100", "2025-02-01").until("2026-02-01").add();
        book.line(known, "100", "2026-02-01").until("2027-02-01").add();
        AccountId changed = book.account("changed", "Changed Chains");
        book.line(changed, "100", "2025-02-01").until("2026-02-01").add();
        book.line(changed, "200", "2026-02-01").product("Planner Pro").add();
        sold("fresh", "Fresh Freight", "2026-11-23");
    }

    @Test
    void serviceIsAttachedWhenItIsSoldAroundANewSale() {
        sales();

        JsonNode rate = total("attach_rate", "");
        assertThat(rate.path("numerator").asInt()).isEqualTo(1);
        assertThat(rate.path("denominator").asInt()).isEqualTo(3);
        assertThat(rate.path("excluded").path("bundled or compulsory").asInt()).isEqualTo(1);
        assertThat(rate.path("excluded").path("not decided yet").asInt()).isEqualTo(1);
        assertThat(total("attach_rate", "&definition=within_90_days")
                        .path("numerator")
                        .asInt())
                .isEqualTo(2);
        assertThat(total("forced_attach_rate", "").path("value").asInt()).isEqualTo(25);
        assertThat(total("attach_rate", "&definition=value")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_OFFERS");
        assertThat(people.leader()
                        .get("/metrics/attach_rate?" + YEAR + "&part=not_counted")
                        .body())
                .contains("Later Lorries", "Without Wheels")
                .doesNotContain("With Wagons", "Known Knots", "Changed Chains");
        assertThat(people.leader()
                        .get("/metrics/attach_rate?" + YEAR + "&by=month&group=2026-04&part=base")
                        .body())
                .contains("Without Wheels")
                .doesNotContain("Later Lorries");
    }

    /** Premier was given up for Standard in June, and the whole is due in October; left in May and back in September is no renewal. */
    @Test
    void whatWasGivenUpIsNotDueAgainAndWhoIsWonBackHasNotRenewed() {
        AccountId less = sold("less", "Less Lorries", "2025-10-01");
        UUID contract = book.contract(less, "less-c", null, null, null);
        book.line(less, "50", "2025-10-01")
                .until("2026-06-01")
                .agreedUntil("2026-10-01")
                .of("service")
                .product("Premier support")
                .under(contract)
                .add();
        book.line(less, "20", "2026-06-01")
                .until("2026-10-01")
                .of("service")
                .product("Standard support")
                .under(contract)
                .add();
        AccountId back = sold("back", "Back Barges", "2025-10-01");
        book.line(back, "30", "2025-10-01")
                .until("2026-05-01")
                .agreedUntil("2026-10-01")
                .of("service")
                .product("Premier support")
                .add();
        service(back, "30", "2026-09-01", "2027-09-01");

        assertThat(due("2026-01-01", "2026-12-01"))
                .containsExactly(
                        "Back Barges Premier support 2026-10-01 lost",
                        "Less Lorries Standard support 2026-10-01 lapsed");
    }

    /** Nobody writes a line for each year: support that renews itself was renewed, and counts among those under contract. */
    @Test
    void serviceThatGoesOnByItselfIsDueAndRenewedEachYear() {
        AccountId on = sold("on", "Onward Oars", "2023-03-01");
        book.line(on, "20", "2023-03-01")
                .until("2024-03-01")
                .of("service")
                .product("Premier support")
                .renewsByItself(true)
                .add();

        assertThat(due("2024-01-01", "2027-12-01"))
                .containsExactly(
                        "Onward Oars Premier support 2024-03-01 renewed",
                        "Onward Oars Premier support 2025-03-01 renewed",
                        "Onward Oars Premier support 2026-03-01 renewed",
                        "Onward Oars Premier support 2027-03-01 pending");
        assertThat(database.sql("select product || ' ' || seats is null from growth.holdings('2026-11-24') order by 1")
                        .query(String.class)
                        .list())
                .hasSize(2);
        assertThat(total("service_renewal_rate", "").path("value").asInt()).isEqualTo(100);
        assertThat(total("customers_under_service", "").path("numerator").asInt())
                .isEqualTo(1);
    }

    private List<String> due(String from, String until) {
        return database.sql("""
                select a.name || ' ' || t.product || ' ' || t.due_on || ' ' || t.outcome
                from growth.service_terms(cast(:from as date), cast(:until as date), '2026-11-24') t
                join accounts.account a on a.id = t.account_id order by 1
                """)
                .param("from", from)
                .param("until", until)
                .query(String.class)
                .list();
    }

    @Test
    void whatWasOfferedSaysMoreThanWhatWasBought() {
        sales();
        bring("o-1", """
                {"account": "without", "service": "Premier support", "offered_on": "2026-04-03",
                 "outcome": "declined", "list_amount": 600, "currency": "EUR", "reason": "No budget", "geography": "EMEA"}""");
        bring("o-2", """
                {"account": "with", "service": "Premier support", "offered_on": "2026-03-02", "outcome": "won",
                 "list_amount": 300, "amount": 240, "currency": "EUR", "geography": "APAC", "channel": "partner"}""");
        bring("o-3", """
                {"account": "fresh", "service": "Premier support", "offered_on": "2026-11-23",
                 "terms": "mandatory", "list_amount": 300, "currency": "EUR"}""");

        JsonNode value = total("attach_rate", "&definition=value");
        assertThat(value.path("numerator").asInt()).isEqualTo(240);
        assertThat(value.path("denominator").asInt()).isEqualTo(900);
        assertThat(value.path("currency").asString()).isEqualTo("EUR");
        assertThat(value.path("excluded").path("bundled or compulsory").asInt()).isEqualTo(1);
        assertThat(total("attach_rate", "&definition=offers").path("value").asInt())
                .isEqualTo(50);
        assertThat(total("forced_attach_rate", "").path("numerator").asInt()).isEqualTo(2);
        JsonNode places = read("attach_rate", "&definition=offers&by=geography").path("groups");
        assertThat(List.of(
                        places.path(1).path("key").asString(),
                        places.path(2).path("key").asString()))
                .containsExactlyInAnyOrder("APAC", "EMEA");
        String page = people.leader().get("/sales?" + YEAR).body();
        assertThat(page).contains("How does this differ by geography?", "APAC", "240 of 900 EUR");
        assertThat(people.leader().get("/sales/figures.csv?" + YEAR).body())
                .contains("attach_rate,value,2026-01-01,2026-12-01,,,26.66", "attach_rate,standard,");
    }

    @Test
    void anOfferThatCannotBeReadIsRefusedByItsField() {
        book.account("harbor", "Harbor Freight");

        HttpResponse<String> answer = program.json("PUT", "/api/v1/service-offers/o-1", """
                {"account": "harbor", "service": "Support", "offered_on": "soon", "outcome": "maybe",
                 "list_amount": "much"}""");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("offered_on", "outcome", "list_amount");
    }

    @Test
    void serviceRenewsByItselfAndNotBecauseTheProductDoes() {
        AccountId kept = sold("kept", "Kept Keys", "2024-01-01");
        service(kept, "20", "2025-03-01", "2026-03-01");
        service(kept, "20", "2026-03-20", "2027-03-20");
        AccountId dropped = sold("dropped", "Dropped Drums", "2024-01-01");
        service(dropped, "30", "2025-03-01", "2026-03-01");
        AccountId lapsed = sold("lapsed", "Lapsed Lifts", "2024-01-01");
        service(lapsed, "20", "2025-10-01", "2026-10-01");

        JsonNode rate = total("service_renewal_rate", "");
        assertThat(rate.path("value").asInt()).isEqualTo(50);
        assertThat(rate.path("excluded").path("lapsed and not decided").asInt()).isEqualTo(1);
        assertThat(total("service_renewal_rate", "&definition=value")
                        .path("value")
                        .asInt())
                .isEqualTo(40);
        assertThat(people.leader()
                        .get("/metrics/service_renewal_rate?" + YEAR + "&part=not_counted")
                        .body())
                .contains("Dropped Drums", "360 EUR: lost")
                .doesNotContain("Kept Keys");
    }

    @Test
    void whatWasCancelledComesBack() {
        AccountId back = sold("back", "Back Bakery", "2023-01-01");
        service(back, "20", "2024-06-01", "2025-06-01");
        service(back, "50", "2026-02-01", "2027-02-01");
        service(sold("gone", "Gone Goods", "2023-01-01"), "20", "2024-06-01", "2025-06-01");

        assertThat(total("service_win_back_rate", "").path("value").asInt()).isEqualTo(50);
        JsonNode value = total("service_win_back_rate", "&definition=value");
        assertThat(value.path("numerator").asInt()).as("more is an upgrade").isEqualTo(240);
        assertThat(total("service_win_back_rate", "&definition=all_terms")
                        .path("denominator")
                        .asInt())
                .as("the product never stopped, so nothing was lost of it")
                .isEqualTo(2);
    }

    @Test
    void theIndexWeighsAttachRenewAndWinBackByMoney() {
        sales();
        bring("o-1", """
                {"account": "without", "service": "Premier support", "offered_on": "2026-04-03",
                 "outcome": "declined", "list_amount": 600, "currency": "EUR"}""");
        AccountId kept = sold("kept", "Kept Keys", "2024-01-01");
        service(kept, "50", "2025-03-01", "2026-03-01");
        service(kept, "50", "2026-03-01", "2027-03-01");
        service(sold("gone", "Gone Goods", "2023-01-01"), "40", "2024-06-01", "2025-06-01");

        JsonNode index = total("service_revenue_index", "");
        assertThat(index.path("numerator").asInt()).isEqualTo(600);
        assertThat(index.path("denominator").asInt()).isEqualTo(600 + 600 + 480);
        JsonNode parts = index.path("figures");
        assertThat(parts.path("attach_rate").asInt()).isZero();
        assertThat(parts.path("renew_rate").asInt()).isEqualTo(100);
        assertThat(parts.path("win_back_rate").asInt()).isZero();
        JsonNode sent = JSON.readTree(program.json(
                        "POST",
                        "/api/v1/metrics/service_revenue_index/evaluate",
                        "{\"attached\": 0, \"attachable\": 600, \"renewed\": 600, \"due\": 600, \"won_back\": 0, \"lost\": 480}")
                .body());
        assertThat(sent.path("result").path("value").asDouble())
                .isEqualTo(index.path("value").asDouble());
        assertThat(total("service_revenue_index", "&definition=by_number")
                        .path("denominator")
                        .asInt())
                .as("three sales of which one has service, one term due, one lost")
                .isEqualTo(5);
    }

    @Test
    void whoeverIsAtTheTopCannotRise() {
        UUID essential = level("Essential", 1);
        UUID premier = level("Premier", 3);
        AccountId risen = sold("risen", "Risen Rails", "2025-01-01");
        enrol(risen, essential, "2025-01-01", "2026-06-01");
        enrol(risen, premier, "2026-06-01", null);
        enrol(sold("top", "Top Tours", "2025-01-01"), premier, "2025-01-01", null);
        enrol(sold("fallen", "Fallen Flowers", "2025-01-01"), essential, "2025-01-01", null);
        sold("none", "No Program", "2025-01-01");

        JsonNode rate = total("upgrade_rate", "");
        assertThat(rate.path("numerator").asInt()).isEqualTo(1);
        assertThat(rate.path("denominator").asInt()).isEqualTo(3);
        assertThat(rate.path("excluded").path("at the top level already").asInt())
                .isEqualTo(1);
        assertThat(total("upgrade_rate", "&definition=all_customers")
                        .path("value")
                        .asInt())
                .isEqualTo(25);
        assertThat(read("upgrade_rate", "&by=program").path("groups").toString())
                .contains("Essential");
        assertThat(total("customers_under_service", "").path("value").asInt()).isEqualTo(75);
        assertThat(people.leader()
                        .get("/metrics/upgrade_rate?" + YEAR + "&part=counted")
                        .body())
                .contains("Risen Rails", "Essential to Premier");
    }

    @Test
    void upsellIsNoRetention() {
        AccountId more = sold("more", "More Mills", "2025-01-01");
        book.line(more, "50", "2026-05-01").add();
        sold("same", "Same Sails", "2025-01-01");
        book.line(book.account("left", "Left Lines"), "25", "2025-01-01")
                .until("2026-03-01")
                .add();

        assertThat(total("upsell_rate", "").path("numerator").asInt()).isEqualTo(1);
        assertThat(total("upsell_rate", "").path("denominator").asInt()).isEqualTo(3);
        JsonNode share = total("upsell_share_of_bookings", "");
        assertThat(share.path("numerator").asInt()).isEqualTo(600 - 300);
        assertThat(share.path("value").asInt()).isEqualTo(50);
    }

    @Test
    void aPortfolioHasItsOwnFiguresAndAnEmptyCompanyReasons() {
        for (String metric : List.of("attach_rate", "service_renewal_rate", "upgrade_rate", "service_revenue_index")) {
            assertThat(total(metric, "").path("value").isNull()).as(metric).isTrue();
            assertThat(total(metric, "").path("reason").path("code").asString())
                    .as(metric)
                    .startsWith("NO_");
        }
        assertThat(people.leader().get("/sales").body()).contains("Nothing was sold or due in this period");
        sales();
        Visitor own = people.csmWithOwnAccounts("Ana Reyes");
        assertThat(own.get("/sales?" + YEAR).body()).contains("Nothing was sold or due in this period");
        database.sql("update accounts.account set owner_id = :ana where external_id = 'with'")
                .param("ana", own.id())
                .update();
        assertThat(own.get("/sales?" + YEAR).body()).contains("1 of 1");
        assertThat(own.get("/metrics/attach_rate?" + YEAR + "&part=base").body())
                .contains("With Wagons")
                .doesNotContain("Without Wheels");
        assertThat(people.leader().get("/sales/trend?to=2026-12-01").statusCode())
                .isEqualTo(200);
        assertThat(people.leader().get("/sales?by=nonsense&from=x").statusCode())
                .isEqualTo(200);
        SalesCuts.everyMetricIsCutByEverythingItNames(program, YEAR);
    }

    @Test
    void aRateSaysBetweenWhatItLies() {
        sales();

        JsonNode interval = total("attach_rate", "").path("interval");
        assertThat(interval.path("from").asDouble()).as("one of three").isCloseTo(6.1, within(0.1));
        assertThat(interval.path("to").asDouble()).isCloseTo(79.2, within(0.1));
        assertThat(people.leader().get("/sales?" + YEAR).body())
                .contains("95 % interval 6.1 % to 79.2 %", "too few to rank: 3");
    }

    @Test
    void currenciesWithoutARateStandForThemselves() {
        sales();
        bring("o-1", """
                {"account": "with", "service": "Premier support", "offered_on": "2026-03-02", "outcome": "won",
                 "list_amount": 300, "amount": 240, "currency": "EUR"}""");
        bring("o-2", """
                {"account": "without", "service": "Premier support", "offered_on": "2026-04-03", "outcome": "declined",
                 "list_amount": 600, "currency": "USD"}""");

        assertThat(total("attach_rate", "&definition=value")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("SEVERAL_CURRENCIES");
        assertThat(people.leader().get("/sales?" + YEAR).body())
                .contains(
                        "By money in EUR",
                        "240 of 300 EUR",
                        "By money in USD",
                        "0 of 600 USD",
                        "There are no exchange rates");
        database.sql(
                        "insert into contracts.exchange_rate (currency, units, own) values ('EUR', 1, true), ('USD', 2, false)")
                .update();
        assertThat(people.leader().get("/sales?" + YEAR).body())
                .contains("240 of 600 EUR")
                .doesNotContain("By money in");
    }

    @Test
    void whatBecameOfSignalsAndOpportunitiesIsCounted() {
        AccountId kiva = sold("kiva", "Kiva", "2025-01-01");
        for (String row :
                List.of("accepted 2026-05-01", "dismissed 2026-06-01", "dismissed 2025-06-01", "open 2026-06-01")) {
            database.sql("""
                    insert into growth.expansion_signal (id, account_id, kind, subject, state, confidence, facts, opened_at,
                        renewed_at, decided_at)
                    values (gen_random_uuid(), :id, 'area_tried', :row, :state, 1, '{}', now(), now(), cast(:day as date))
                    """)
                    .param("id", kiva.value())
                    .param("row", row)
                    .param("state", row.split(" ")[0])
                    .param("day", row.split(" ")[1])
                    .update();
        }
        for (String row : List.of("won 3000", "lost 1000", "found 5000")) {
            String stage = row.split(" ")[0];
            database.sql("""
                    insert into growth.opportunity (id, external_id, account_id, name, stage, amount, currency, closed_on,
                        created_at, updated_at)
                    values (gen_random_uuid(), :stage, :id, :stage, :stage, cast(:amount as numeric), 'EUR',
                        case when :stage <> 'found' then date '2026-05-01' end, now(), now())
                    """)
                    .param("id", kiva.value())
                    .param("stage", stage)
                    .param("amount", row.split(" ")[1])
                    .update();
        }

        assertThat(total("expansion_acceptance_rate", "").path("value").asInt()).isEqualTo(50);
        assertThat(total("opportunity_win_rate", "").path("value").asInt()).isEqualTo(50);
        assertThat(total("opportunity_win_rate", "&definition=value")
                        .path("value")
                        .asInt())
                .isEqualTo(75);
        assertThat(total("opportunity_win_rate", "&definition=from_signals")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_CLOSED_OPPORTUNITIES");
        assertThat(people.leader()
                        .get("/metrics/opportunity_win_rate?" + YEAR + "&part=not_counted")
                        .body())
                .contains("Kiva", "lost");
        for (String sent : List.of(
                "expansion_acceptance_rate {\"accepted\": 12, \"decided\": 20} 60.0",
                "opportunity_win_rate {\"won\": 9, \"closed\": 24} 37.5")) {
            JsonNode answer = JSON.readTree(program.json(
                            "POST",
                            "/api/v1/metrics/" + sent.split(" ")[0] + "/evaluate",
                            sent.substring(sent.indexOf('{'), sent.indexOf('}') + 1))
                    .body());
            assertThat(answer.path("result").path("value").asDouble())
                    .as(sent)
                    .isEqualTo(Double.parseDouble(sent.substring(sent.indexOf('}') + 2)));
        }
    }

    private UUID level(String name, int tier) {
        UUID level = UUID.randomUUID();
        UUID version = UUID.randomUUID();
        database.sql("""
                with program as (
                    insert into programs.program (id, key, name, tier, created_at) values (:id, lower(:name), :name, :tier, now())
                    returning id
                )
                insert into programs.version (id, program_id, number, offer, published_at, published_by, valid_from)
                select :version, id, 1, '{}'::jsonb, now(), 'Lin Wei', date '2020-01-01' from program
                """)
                .param("id", level)
                .param("version", version)
                .param("name", name)
                .param("tier", tier)
                .update();
        return version;
    }

    private void enrol(AccountId account, UUID version, String from, @org.jspecify.annotations.Nullable String until) {
        database.sql("""
                insert into programs.enrolment (id, account_id, chosen_version_id, starts_on, ends_on)
                values (gen_random_uuid(), :account, :version, cast(:from as date), cast(:until as date))
                """)
                .param("account", account.value())
                .param("version", version)
                .param("from", from)
                .param("until", until)
                .update();
    }

    private void bring(String id, String offer) {
        HttpResponse<String> answer = program.json("PUT", "/api/v1/service-offers/" + id, offer);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
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
