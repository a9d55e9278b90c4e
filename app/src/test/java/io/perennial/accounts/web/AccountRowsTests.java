package io.perennial.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Arrivals;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Windows of the accounts grid, as the grid asks for them. */
@PerennialTest
class AccountRowsTests {

    private static final int MANY = 230;

    @Autowired
    Arrivals arrivals;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @BeforeEach
    void aCompanyOfTwoOwners() {
        arrivals.twoManagers();
        arrivals.accounts(
                MANY,
                number -> Map.of(
                        "name", "Account %03d".formatted(number),
                        "owner", number % 2 == 0 ? "ana.reyes" : "ben.carter",
                        "segment", number < 100 ? "Large" : "Small"));
    }

    @Test
    void windowsOfOneOrderAddUpToTheWholeResult() {
        Visitor leader = people.leader();
        List<String> seen = new ArrayList<>();
        String order = null;
        for (int from = 0; from < MANY; from += 50) {
            HttpResponse<String> window = rows(leader, "sort=name", from, order);
            order = window.headers().firstValue("X-Order").orElseThrow();
            assertThat(window.headers().firstValue("X-Total-Count")).hasValue("230");
            seen.addAll(names(window));
        }
        assertThat(seen).hasSize(MANY).isSorted().doesNotHaveDuplicates();
        assertThat(names(rows(leader, "sort=name", MANY, order))).isEmpty();
    }

    @Test
    void nothingJumpsWhileSomebodyScrolls() {
        Visitor leader = people.leader();
        String order = order(rows(leader, "sort=name", 0, null));
        database.sql(
                        "update accounts.overview set changed_in = pg_current_xact_id(), name = 'AAA ' || name where name >= 'Account 200'")
                .update();

        HttpResponse<String> next = rows(leader, "sort=name", 50, order);

        assertThat(order(next)).isEqualTo(order);
        assertThat(names(next)).first().isEqualTo("Account 050");
        assertThat(names(rows(leader, "sort=name", 200, order))).first().isEqualTo("AAA Account 200");
    }

    @Test
    void anOrderOfAnotherViewOrPortfolioIsNotTaken() {
        String order = order(rows(people.leader(), "sort=name", 0, null));
        Visitor ana = people.csmWithOwnAccounts("Ana Reyes");

        HttpResponse<String> hers = rows(ana, "sort=name", 0, order);

        assertThat(order(hers)).isNotEqualTo(order);
        assertThat(hers.headers().firstValue("X-Total-Count")).hasValue("115");
        assertThat(names(hers)).contains("Account 000").doesNotContain("Account 001");
        assertThat(order(rows(people.leader(), "sort=-name", 0, order))).isNotEqualTo(order);
        assertThat(rows(people.leader(), "sort=name", 0, UUID.randomUUID().toString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatLeftThePortfolioKeepsItsPlaceAndShowsNothing() {
        Visitor ana = people.csmWithOwnAccounts("Ana Reyes");
        String order = order(rows(ana, "sort=name", 0, null));
        database.sql(
                        "update accounts.overview set changed_in = pg_current_xact_id(), owner_id = null where external_id = 'a-2'")
                .update();

        HttpResponse<String> window = rows(ana, "sort=name", 0, order);

        assertThat(window.body()).doesNotContain("Account 002").contains("No longer in your portfolio");
        assertThat(Jsoup.parse(window.body()).select("[role=row]")).hasSize(50);
    }

    @Test
    void aGroupedViewHasItsHeadingsAmongTheRows() {
        HttpResponse<String> window = rows(people.leader(), "sort=name&group=segment", 95, null);

        assertThat(window.headers().firstValue("X-Total-Count")).hasValue("232");
        assertThat(Jsoup.parse(window.body()).select(".group-row").eachText())
                .singleElement()
                .asString()
                .startsWith("Small 130 accounts");
    }

    @Test
    void aRangeIsSelectedWithoutShowingIt() {
        Visitor leader = people.leader();
        String order = order(rows(leader, "sort=name", 0, null));

        String ids = leader.get("/accounts/rows/ids?sort=name&offset=10&limit=190&order=" + order)
                .body();

        assertThat(ids.lines()).hasSize(190).first().isEqualTo(id("a-10").toString());
        assertThat(leader.get("/accounts/rows/ids?offset=0&limit=99999").body().lines())
                .hasSize(MANY);
    }

    @Test
    void theSelectionIsExportedInItsOrder() {
        Visitor leader = people.leader();
        String chosen = id("a-7") + "," + id("a-3");

        String csv = leader.post("/accounts/export", Map.of("query", "columns=name", "account", chosen))
                .body();
        String allButTwo = leader.post(
                        "/accounts/export", Map.of("query", "columns=name", "everything", "true", "except", chosen))
                .body();

        assertThat(csv.lines()).containsExactly("external_id,name", "a-7,Account 007", "a-3,Account 003");
        assertThat(allButTwo.lines()).hasSize(MANY - 2 + 1).noneMatch(line -> line.startsWith("a-7,"));
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .post("/accounts/export", Map.of("query", "columns=name", "account", id("a-2") + ""))
                        .body()
                        .lines())
                .hasSize(1);
    }

    @Test
    void allMatchingButSomeAreChanged() {
        Visitor leader = people.leader();
        leader.post(
                "/accounts/edits",
                Map.of(
                        "query", "filter=segment%3Ais%3ALarge",
                        "everything", "true",
                        "except", id("a-0").toString(),
                        "field", "stage",
                        "value", "Live"));

        assertThat(database.sql("select count(*) from accounts.account where stage = 'Live'")
                        .query(Long.class)
                        .single())
                .isEqualTo(99);
        assertThat(leader.get("/accounts").body()).contains("Stage: 99 changed.", "/undo");
        assertThat(leader.get("/accounts").body()).doesNotContain("99 changed");
    }

    @Test
    void aLinkByExternalIdKeepsItsQueryAndItsPortfolio() {
        UUID account = id("a-2");

        assertThat(people.leader()
                        .get("/accounts/by-external-id/a-2?tab=usage&x=%7By%7D")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/accounts/" + account + "?tab=usage&x=%7By%7D");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/accounts/by-external-id/a-2")
                        .statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> rows(Visitor visitor, String query, int from, @Nullable String order) {
        return visitor.get(
                "/accounts/rows?" + query + "&offset=" + from + "&limit=50" + (order == null ? "" : "&order=" + order));
    }

    private static String order(HttpResponse<String> window) {
        return window.headers().firstValue("X-Order").orElseThrow();
    }

    private static List<String> names(HttpResponse<String> window) {
        return Jsoup.parse(window.body()).select("[role=rowheader]").eachText();
    }

    private UUID id(String externalId) {
        return database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single();
    }
}
