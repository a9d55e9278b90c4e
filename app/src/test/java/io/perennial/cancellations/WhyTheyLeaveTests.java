package io.perennial.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Losses as a rate of all customers, those that nobody recorded, and what people said. Today is 24 November 2026. */
@PerennialTest
class WhyTheyLeaveTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String YEAR = "from=2025-12-01&to=2026-11-24";

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    private Book book;
    private Leaving leaving;
    private UUID asked;

    /** Ten customers; four are gone, of which one told nobody. */
    @BeforeEach
    void tenCustomers() {
        book = new Book(database);
        leaving = new Leaving(database);
        for (int i = 0; i < 6; i++) {
            AccountId account = book.account("stays" + i, "Stays " + i);
            leaving.inSegment(account, i < 2 ? "SMB" : "Enterprise");
            book.line(account, "100", "2025-01-01").product("Planner").add();
        }
        asked = leaving.notice(gone("dear", "SMB", "Boards"), "2026-03-01", "2026-04-01", "cost");
        leaving.notice(gone("dearer", "SMB", "Planner"), "2026-03-01", "2026-04-01", "budget");
        leaving.notice(gone("elsewhere", "Enterprise", "Planner"), "2026-03-01", "2026-04-01", "competitor");
        gone("silent", "Enterprise", "Planner");
    }

    private AccountId gone(String name, String segment, String product) {
        AccountId account = book.account(name, "Gone " + name);
        leaving.inSegment(account, segment);
        book.line(account, "100", "2025-01-01")
                .product(product)
                .until("2026-04-01")
                .add();
        return account;
    }

    @Test
    void reasonsAreRatesOfAllCustomersAndAddUpToTheWhole() {
        Visitor program = people.program("read");

        JsonNode answer = JSON.readTree(program.get("/api/v1/metrics/churn_by_reason?" + YEAR + "&by=reason")
                .body());
        assertThat(answer.path("total").path("value").asInt()).isEqualTo(40);
        int sum = 0;
        for (JsonNode group : answer.path("groups")) {
            assertThat(group.path("result").path("denominator").asInt()).isEqualTo(10);
            sum += group.path("result").path("numerator").asInt();
        }
        assertThat(sum).isEqualTo(4);
        assertThat(answer.toString()).contains("No cancellation on record", "Competitor");
        JsonNode segments = JSON.readTree(program.get("/api/v1/metrics/churn_by_reason?" + YEAR + "&by=segment")
                        .body())
                .path("groups");
        segments.forEach(
                segment -> assertThat(segment.path("result").path("denominator").asInt())
                        .isEqualTo(segment.path("key").asString().equals("SMB") ? 4 : 6));
        assertThat(people.leader()
                        .get("/metrics/churn_by_reason?" + YEAR + "&by=reason&part=base&group=unrecorded")
                        .body())
                .contains("Gone silent")
                .doesNotContain("Gone dear");
        assertThat(people.leader().get("/areas/critical").body())
                .contains("What are the reasons for lost relationships?");
    }

    @Test
    void whoIsLostWithoutARecordIsAListToWorkOn() {
        Visitor ana = people.csm("Ana Reyes");
        String page = ana.get("/cancellations?" + YEAR + "&part=unrecorded").body();

        assertThat(Jsoup.parse(page).select("#rows tbody tr"))
                .singleElement()
                .satisfies(row -> assertThat(row.text()).contains("Gone silent", "31 Mar 2026", "1,200", "Record why"));
        assertThat(people.reader()
                        .get("/cancellations?" + YEAR + "&part=unrecorded")
                        .body())
                .contains("Gone silent")
                .doesNotContain("Record why");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/cancellations?" + YEAR + "&part=unrecorded")
                        .body())
                .doesNotContain("Gone silent");
        leaving.notice(
                new AccountId(database.sql("select id from accounts.account where external_id = 'silent'")
                        .query(UUID.class)
                        .single()),
                "2026-03-20",
                null,
                "value");
        assertThat(ana.get("/cancellations?" + YEAR + "&part=unrecorded").body())
                .contains("Every customer whose revenue stopped has a cancellation on record.");
    }

    @Test
    void lossesAreSeenByMonthFamilyProductAndAgainstTheSegmentTheyCameFrom() {
        Visitor ana = people.csm("Ana Reyes");

        assertThat(Jsoup.parse(ana.get("/cancellations?" + YEAR + "&by=family").body())
                        .select("tbody tr th")
                        .eachText())
                .containsExactly("Cost, value or budget", "Product no longer used");
        assertThat(Jsoup.parse(ana.get("/cancellations?" + YEAR + "&by=product").body())
                        .select("tbody tr th")
                        .eachText())
                .containsExactly("Planner", "Boards");
        assertThat(ana.get("/cancellations?" + YEAR + "&by=segment").body()).contains("50.0 % of 4", "16.7 % of 6");
        String months = ana.get("/cancellations/months?" + YEAR).body();
        assertThat(months).contains("2026-04", "Cost, value or budget");
        assertThat(Jsoup.parse(months).select("cs-chart").attr("data-spec")).contains("\"kind\":\"stack\"");
        assertThat(ana.get("/cancellations/months?from=2020-01-01&to=2020-02-01")
                        .body())
                .contains("Nobody is recorded as lost");
    }

    @Test
    void whatPeopleSaidIsReadTogetherWithHowManyAnswered() {
        AccountId dear = account("dear");
        for (int i = 0; i < 2; i++) {
            database.sql("""
                    insert into cancellations.survey (id, account_id, cancellation_id, contact_id, language, sent_by, sent_at, expires_at,
                        answered_at, category, come_back)
                    values (gen_random_uuid(), :account, case when :answered then :loss else gen_random_uuid() end, gen_random_uuid(), 'en',
                        'Ana', '2026-04-02', '2026-06-02', case when :answered then timestamptz '2026-04-05' end,
                        case when :answered then 'cost' end, case when :answered then 'maybe' end)
                    """)
                    .param("account", dear.value())
                    .param("loss", asked)
                    .param("answered", i == 0)
                    .update();
        }
        database.sql("""
                insert into surveys.survey_response (id, external_id, account_id, kind, comment, answered_at, attributes, created_at, updated_at)
                values (gen_random_uuid(), 'x1', :account, 'exit', 'Twice the price of last year', '2026-04-05', '{"reason": "cost"}', now(), now())
                """).param("account", dear.value()).update();
        database.sql("""
                insert into cancellations.interview (id, external_id, account_id, cancellation_id, held_on, reason, alternatives, finished,
                    created_at, updated_at)
                values (gen_random_uuid(), 'i1', :account, :loss, '2026-04-10', 'competitor', 'Initech, as their group does', true, now(), now())
                """).param("account", dear.value()).param("loss", asked).update();
        Visitor ana = people.csm("Ana Reyes");

        String page = ana.get("/cancellations/voices?" + YEAR).body();
        assertThat(Jsoup.parse(page).select("h1").text())
                .isEqualTo("1 of 2 answered why they leave, and 1 interview was held");
        assertThat(page)
                .contains(
                        "Twice the price of last year",
                        "Initech, as their group does",
                        "95 % interval",
                        "Small sample");
        assertThat(ana.get("/cancellations/voices?" + YEAR + "&reason=competitor")
                        .body())
                .contains("Initech")
                .doesNotContain("Twice the price");
        assertThat(ana.get("/cancellations/voices?" + YEAR + "&about=survey&reason=nothing&page=-3")
                        .body())
                .contains("Twice the price")
                .doesNotContain("Initech");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/cancellations/voices?" + YEAR)
                        .body())
                .contains("Nobody who left was asked")
                .doesNotContain("Initech");
        JsonNode rate = JSON.readTree(people.program("read")
                        .get("/api/v1/metrics/exit_survey_response?" + YEAR)
                        .body())
                .path("total");
        assertThat(rate.path("value").asInt()).isEqualTo(50);
        assertThat(rate.path("interval").path("method").asString()).isEqualTo("wilson");
    }

    private AccountId account(String externalId) {
        return new AccountId(database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single());
    }
}
