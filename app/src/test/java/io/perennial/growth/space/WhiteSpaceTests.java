package io.perennial.growth.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.growth.GreenCustomers;
import io.perennial.growth.expansion.LookedAt;
import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What customers do not have that others like them have. Today is the 24th of November 2026. */
@PerennialTest
class WhiteSpaceTests {

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    @Autowired
    LookedAt looked;

    GreenCustomers green;
    Visitor ana;

    /** Four of six small customers have reports, at 120, 240, 360 and 480 a year; one pays in dollars. */
    @BeforeEach
    void sixCustomers() {
        green = new GreenCustomers(database);
        ana = people.csm("Ana Reyes");
        for (int i = 1; i <= 6; i++) {
            AccountId account = green.planner("c" + i, "Customer " + i, "SMB", 5);
            if (i <= 4) {
                green.book()
                        .line(account, String.valueOf(10 * i), "2025-01-01")
                        .product("Reports")
                        .add();
            }
        }
        database.sql(
                        "update accounts.overview set changed_in = pg_current_xact_id(), currency = 'USD' where external_id = 'c6'")
                .update();
        looked.now();
    }

    private String page() {
        return ana.get("/white-space/accounts?segment=SMB&product=Reports").body();
    }

    private Map<String, String> form(String page, String... cells) {
        Matcher key = Pattern.compile("name=\"key\" value=\"([^\"]+)\"").matcher(page);
        assertThat(key.find()).isTrue();
        Map<String, String> form = new HashMap<>(Map.of("key", key.group(1), "segment", "SMB", "product", "Reports"));
        if (cells.length > 0) {
            form.put("cell", cells[0]);
        }
        return form;
    }

    private String id(String externalId) {
        return database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single()
                .toString();
    }

    @Test
    void theMatrixSaysWhoLacksWhatAndWhatItMayBeWorth() {
        String matrix = ana.get("/white-space").body();
        assertThat(matrix).contains("67 %", "2 do not", "≈ 240 EUR", "1 without a price", "from 120 to 360 EUR");
        assertThat(ana.get("/white-space/matrix.csv").body())
                .contains("SMB,6,Reports,4,2,67,EUR,120.00,240.00,360.00,1", "SMB,6,Planner,6,0,100");
        assertThat(page())
                .contains("Customer 5", "Customer 6", "67 % have it", "≈ 240 EUR")
                .doesNotContain("Customer 1");
        assertThat(ana.get("/white-space/accounts.csv?segment=SMB").body())
                .contains(
                        "c5,Customer 5,SMB,,HEALTHY,Reports,no,,,,67,EUR,120",
                        "c1,Customer 1,SMB,,HEALTHY,Reports,yes,120");
        assertThat(ana.get("/white-space/accounts?segment=-&product=%00x&after=y")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsChosenBecomesOpportunitiesWithTheirEvidenceAndCanBeTakenBack() {
        Map<String, String> form = form(page(), id("c5") + "|Reports");
        assertThat(ana.post("/white-space/opportunities", form).statusCode()).isEqualTo(302);
        assertThat(page()).contains("One opportunity is found.", "offered");
        ana.post("/white-space/opportunities", form);
        assertThat(database.sql(
                                "select name || ' ' || amount || ' ' || (evidence -> 0 ->> 'text') from growth.opportunity")
                        .query(String.class)
                        .single())
                .as("once")
                .isEqualTo("Reports 240.00 67 % of SMB customers have Reports (4)");

        UUID change = database.sql("select id from platform.change where kind = 'opportunity'")
                .query(UUID.class)
                .single();
        ana.post("/changes/" + change + "/undo", Map.of());
        assertThat(database.sql("select count(*) from growth.opportunity")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whatCannotBeOfferedIsToldAndNothingIsMade() {
        HttpResponse<String> nothing = ana.post("/white-space/opportunities", form(page()));
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(nothing.body()).contains("Choose at least one product");
        assertThat(ana.post("/white-space/opportunities", form(page(), "nonsense"))
                        .statusCode())
                .isEqualTo(422);

        green.band(new AccountId(UUID.fromString(id("c5"))), "AT_RISK");
        ana.post("/white-space/opportunities", form(page(), id("c5") + "|Reports"));
        assertThat(page()).contains("Customer 5 is not healthy: that comes first.");
        ana.post("/white-space/opportunities", form(page(), id("c1") + "|Reports"));
        assertThat(page()).contains("Customer 1 has Reports by now.");
        assertThat(database.sql("select count(*) from growth.opportunity")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aPortfolioSeesItsOwnBesideAllPeers() {
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");
        assertThat(ben.get("/white-space").body()).contains("Nothing to compare yet");
        green.ownedBy(new AccountId(UUID.fromString(id("c5"))), ben.id());

        assertThat(ben.get("/white-space").body()).contains("67 %", "1 does not", "1 customer<");
        assertThat(ben.get("/white-space/accounts?product=Reports").body())
                .contains("Customer 5")
                .doesNotContain("Customer 6");
        ben.post("/white-space/opportunities", form(page(), id("c6") + "|Reports"));
        assertThat(ben.get("/white-space").body()).contains("A customer is not among yours.");
        assertThat(people.reader().post("/white-space/opportunities", Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(people.reader().get("/white-space/accounts").body())
                .doesNotContain("type=\"checkbox\" name=\"cell\"");
    }
}
