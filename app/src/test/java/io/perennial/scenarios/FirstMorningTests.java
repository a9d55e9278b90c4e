package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.demo.DemoCompany;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.identity.Role;
import io.perennial.world.Lumenworks;
import io.perennial.world.OneCompany;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A CSM's first morning with the demo company: who needs me, why, what is it worth, and doing something about it. */
@PerennialTest
@OneCompany
class FirstMorningTests {

    @Autowired
    Lumenworks lumenworks;

    @Autowired
    DemoCompany company;

    @Autowired
    LiveScoring scoring;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    Visitor leader;

    @BeforeEach
    void theCompanyIsLoaded() {
        lumenworks.isThere();
        leader = people.leader();
    }

    @Test
    void todaySaysWhoIsAtRiskWhyAndWhatItIsWorth() {
        String today = page(leader, "/").text();

        assertThat(today).contains("Oslo Ferry AS", "Use is falling", "140,000EUR");
        assertThat(today).contains("Alba Foods", "An unhappy answer", "answered 3 of 10");
        assertThat(today).contains("Tamm AS");
    }

    @Test
    void todaySaysThatItIsBehindWhileManyAccountsWaitForTheirScore() {
        database.sql("insert into accounts.changed (account_id, marked_at) select id, now() from accounts.account")
                .update();
        assertThat(page(leader, "/").text()).contains("accounts have new facts and are being scored");

        scoring.drain();
        assertThat(page(leader, "/").text()).doesNotContain("are being scored");
    }

    @Test
    void theAccountPageExplainsTheScoreWithItsEvidence() {
        Document account = page(leader, "/accounts/" + id("oslo-ferry"));

        assertThat(account.select("h1").text()).isEqualTo("Oslo Ferry AS");
        assertThat(account.text()).contains("At risk", "a week", "Export jobs time out at 10,000 rows", "Ana Reyes");
        assertThat(account.select("#panel-people-card, [id^=panel-]").size()).isGreaterThan(4);
    }

    @Test
    void everyTabOfTheAccountOpens() {
        UUID account = id("norda-bank");
        for (String tab :
                page(leader, "/accounts/" + account).select("nav.tabs a").eachAttr("href")) {
            assertThat(leader.get(tab).statusCode()).as(tab).isEqualTo(200);
        }
        assertThat(leader.get("/accounts/" + account + "/preview").statusCode()).isEqualTo(200);
        assertThat(leader.get("/accounts/" + account + "?tab=nonsense").statusCode())
                .isEqualTo(404);
        assertThat(leader.get("/accounts/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void anAddressThatNoPageUnderstandsIsAnsweredByAPage() {
        HttpResponse<String> noAccount = asABrowser("/accounts/nonsense");
        assertThat(noAccount.statusCode()).isEqualTo(404);
        assertThat(Jsoup.parse(noAccount.body()).select("h1").text()).isEqualTo("There is no page at this address");

        HttpResponse<String> noState = asABrowser("/adoption/key-actions?state=NONSENSE");
        assertThat(noState.statusCode()).isEqualTo(400);
        assertThat(Jsoup.parse(noState.body()).select("h1").text()).isEqualTo("Perennial could not read that request");
    }

    private HttpResponse<String> asABrowser(String path) {
        return leader.send("GET", path, HttpRequest.BodyPublishers.noBody(), Map.of("Accept", "text/html"));
    }

    @Test
    void theTableFiltersSortsGroupsAndAddsUpPerCurrency() {
        Document risky = page(leader, "/accounts?filter=band:is:AT_RISK");
        assertThat(risky.select("tbody th[scope=row]").eachText()).contains("Oslo Ferry AS");
        assertThat(risky.select("tbody th[scope=row]").eachText()).doesNotContain("Kiva GmbH");

        Document dearest = page(leader, "/accounts?sort=-arr");
        assertThat(dearest.select("tbody th[scope=row]").eachText()).first().isEqualTo("Cedar & Vine");

        Document grouped = page(leader, "/accounts?group=owner_name");
        assertThat(grouped.select("tr.group-row th").eachText())
                .anySatisfy(
                        heading -> assertThat(heading).startsWith("Ana Reyes").contains("EUR", "USD", "GBP"));

        Document wrong = page(leader, "/accounts?filter=password_hash:is:x");
        assertThat(wrong.text()).contains("There is no column \"password_hash\" to filter by");
    }

    @Test
    void theChartOfWeeksEndsWithWhatTheTilesSay() {
        Document health = page(leader, "/health");
        Map<String, String> tiles = new HashMap<>();
        health.select(".stats .stat")
                .forEach(tile -> tiles.put(
                        tile.select(".stat-label").text(),
                        tile.select(".stat-value").text()));

        Element chart = Objects.requireNonNull(health.select("cs-chart table").first());
        List<String> bands = chart.select("thead th").eachText();
        List<String> now = chart.select("tbody tr:last-child td").eachText();

        assertThat(tiles.get("At risk")).as("some are, by red facts").isNotEqualTo("0");
        assertThat(tiles).containsEntry("Left", "2");
        for (int i = 1; i < bands.size(); i++) {
            assertThat(now.get(i)).as(bands.get(i)).isEqualTo(tiles.get(bands.get(i)));
        }
    }

    @Test
    void anEditChangesOneFieldAndCanBeUndone() {
        UUID account = id("kiva");
        HttpResponse<String> edited =
                leader.post("/accounts/" + account + "/fields", Map.of("field", "owner", "value", "Ben Carter"));

        assertThat(edited.statusCode()).isEqualTo(302);
        assertThat(owner(account)).isEqualTo("Ben Carter");

        UUID change = database.sql("select id from platform.change order by at desc, id desc limit 1")
                .query((row, number) -> row.getObject(1, UUID.class))
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(owner(account)).isEqualTo("Ana Reyes");
    }

    @Test
    void anUnknownOwnerIsRefusedInWords() {
        UUID account = id("kiva");
        HttpResponse<String> answer =
                leader.post("/accounts/" + account + "/fields", Map.of("field", "owner", "value", "Nobody Here"));

        String shown = page(leader, answer.headers().firstValue("Location").orElseThrow())
                .text();
        assertThat(shown).contains("Nothing was changed", "Nobody in the team is called \"Nobody Here\"");
        assertThat(owner(account)).isEqualTo("Ana Reyes");
    }

    @Test
    void someoneWhoOnlyReadsChangesNothing() {
        UUID account = id("kiva");
        Visitor reader = people.reader();
        reader.post("/accounts/" + account + "/fields", Map.of("field", "stage", "value", "Gone"));

        assertThat(database.sql("select stage from accounts.account where id = :id")
                        .param("id", account)
                        .query(String.class)
                        .single())
                .isEqualTo("Live");
    }

    @Test
    void aManagerOfOwnAccountsNeverSeesThoseOfOthers() {
        UUID ana = database.sql("select id from identity.team_member where external_id = 'ana'")
                .query((row, number) -> row.getObject(1, UUID.class))
                .single();
        database.sql("update identity.team_member set portfolio = 'own' where id = :id")
                .param("id", ana)
                .update();
        Visitor visitor = people.signIn(ana, "Ana Reyes");

        assertThat(page(visitor, "/accounts").text()).contains("Kiva GmbH").doesNotContain("Tamm AS");
        assertThat(visitor.get("/accounts/" + id("tamm")).statusCode()).isEqualTo(404);
        assertThat(visitor.get("/accounts/export.csv").body())
                .contains("Kiva GmbH")
                .doesNotContain("Tamm AS");
        assertThat(visitor.get("/search?q=tamm").body()).doesNotContain("Tamm AS");
        assertThat(page(visitor, "/").text()).doesNotContain("Tamm AS");
        database.sql("update identity.team_member set portfolio = 'everything' where id = :id")
                .param("id", ana)
                .update();
    }

    @Test
    void theExportHasTheShownColumnsForEveryRow() {
        String csv =
                leader.get("/accounts/export.csv?sort=-arr&columns=name,arr").body();

        assertThat(csv.lines().findFirst()).hasValue("external_id,name,arr,currency");
        assertThat(csv.lines().skip(1).findFirst().orElseThrow())
                .startsWith("cedar-vine,Cedar & Vine,210000")
                .endsWith("USD");
        assertThat(csv.lines().count()).isEqualTo(62);
        HttpResponse<String> excel = leader.get("/accounts/export.xlsx");
        assertThat(excel.statusCode()).isEqualTo(200);
        assertThat(excel.body()).startsWith("PK");
    }

    @Test
    void aSavedViewIsOneClickAway() {
        leader.post(
                "/accounts/views", Map.of("name", "Shaky", "query", "filter=band%3Ais%3AAT_RISK", "shared", "true"));

        Document other = page(people.signedIn("Ola Nord", Role.CSM, true), "/accounts");
        assertThat(other.select("nav.tabs a:contains(Shaky)").attr("href"))
                .isEqualTo("/accounts?filter=band%3Ais%3AAT_RISK");
    }

    @Test
    void lookingTwiceTellsWhatIsNew() {
        leader.post("/today/visit", Map.of());

        assertThat(page(leader, "/").text()).contains("Since you last looked").contains("nothing new");
    }

    @Test
    void theUsageOfTheCompanyCameAsOneChange() {
        assertThat(database.sql("select count(*) from platform.change where summary = 'Usage of the demo company'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void loadingTheSameCompanyAgainWritesNothing() {
        scoring.drain();
        Map<String, Long> before = changes();
        company.load();

        assertThat(changes()).isEqualTo(before);
        assertThat(database.sql("select count(*) from accounts.changed")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** Rows changed so far, by what kind of row they are. */
    private Map<String, Long> changes() {
        return database
                .sql("select thing_type, count(*) from platform.change_row group by thing_type")
                .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Document page(Visitor visitor, String path) {
        HttpResponse<String> answer = visitor.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private UUID id(String externalId) {
        return database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query((row, number) -> row.getObject(1, UUID.class))
                .single();
    }

    private String owner(UUID account) {
        return database.sql("""
                        select m.name from accounts.account a join identity.team_member m on m.id = a.owner_id
                        where a.id = :id
                        """).param("id", account).query(String.class).single();
    }
}
