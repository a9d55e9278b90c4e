package io.perennial.growth.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.growth.GreenCustomers;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.usage.UsageFacts;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What says that a customer could use more, and what people make of it. Today is the 24th of November 2026. */
@PerennialTest
class ExpansionTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final LocalDate YESTERDAY = LocalDate.parse("2026-11-23");

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    @Autowired
    Records records;

    @Autowired
    ExpansionJob job;

    GreenCustomers green;
    UsageFacts facts;
    Visitor ana;

    @BeforeEach
    void theBookIsEmpty() {
        green = new GreenCustomers(database);
        facts = new UsageFacts(records);
        ana = people.csm("Ana Reyes");
    }

    /** On the Monday of each of the last twelve weeks. */
    private void mondays(String account, int first, int more) {
        for (int week = 0; week < 12; week++) {
            facts.activeUsers(account, YESTERDAY.minusWeeks(11 - week).toString(), first + (long) week * more);
        }
    }

    private AccountId kivaGrows() {
        AccountId kiva = green.planner("kiva", "Kiva GmbH", "Mid-market", 100);
        mondays("kiva", 70, 2);
        facts.written();
        green.used(kiva, 92, "2026-11-23");
        return kiva;
    }

    private String look() {
        return job.look((done, total) -> true);
    }

    private UUID open(String kind) {
        return database.sql("select id from growth.expansion_signal where state = 'open' and kind = :kind")
                .param("kind", kind)
                .query(UUID.class)
                .single();
    }

    private List<String> open() {
        return database.sql("""
                select o.external_id || ' ' || s.kind || coalesce(' ' || nullif(s.subject, ''), '')
                from growth.expansion_signal s join accounts.overview o on o.account_id = s.account_id
                where s.state = 'open' order by 1
                """).query((row, number) -> row.getString(1)).list();
    }

    private JsonNode asked(String query) {
        HttpResponse<String> answer = people.program("read").get("/api/v1/expansion-signals" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("signals");
    }

    private String why(AccountId account) {
        return ana.get("/expansion/why?account=" + account).body();
    }

    @Test
    void licencesThatRunOutAreSeenWithTheDayAndTheMoney() {
        AccountId kiva = kivaGrows();
        green.ownedBy(kiva, ana.id());

        assertThat(look()).startsWith("1 opened, 0 closed");
        assertThat(look()).as("looking again changes nothing").startsWith("0 opened, 0 closed");

        JsonNode signal = asked("").path(0);
        assertThat(signal.path("finding").asString())
                .isEqualTo("92 of 100 licences are in use (92 %), 2 more each week: they run out about 21 Dec 2026");
        assertThat(signal.path("confidence").asInt()).isEqualTo(3);
        assertThat(signal.path("rows").size()).isEqualTo(12);
        // 92 people and 2 more each week: 18, 44 and 96 beyond 100 licences after 13, 26 and 52 weeks, at 120 each
        assertThat(signal.path("low").decimalValue()).isEqualByComparingTo("2160");
        assertThat(signal.path("amount").decimalValue()).isEqualByComparingTo("5280");
        assertThat(signal.path("high").decimalValue()).isEqualByComparingTo("11500");
        assertThat(ana.get("/expansion?kind=licences_near_limit&segment=Mid-market&owner=mine&q=kiv")
                        .body())
                .contains("Kiva GmbH", "at the 120 that each costs today", "Week up to", "the growth is steady");
        assertThat(ana.get("/accounts/" + kiva).body()).contains("92 of 100 licences");
        assertThat(ana.get("/").body()).contains("Room to grow", "licences near the limit");
        assertThat(why(kiva)).contains("No program of it has units.", "It uses no feature");
    }

    @Test
    void moreLicencesCloseIt() {
        AccountId kiva = kivaGrows();
        look();
        green.seats(kiva, 150);

        assertThat(why(kiva)).contains("The signal closes with the next look");
        assertThat(look()).startsWith("0 opened, 1 closed");
        assertThat(database.sql("select closed_because from growth.expansion_signal")
                        .query(String.class)
                        .single())
                .startsWith("92 of 150 licences are used (61 %)");
        assertThat(ana.get("/expansion").body()).contains("No signal is open");
    }

    @Test
    void whoeverIsAtRiskIsNotAskedForMore() {
        AccountId kiva = kivaGrows();
        green.band(kiva, "AT_RISK");
        look();
        assertThat(open()).isEmpty();
        assertThat(why(kiva)).contains("It is at risk: that comes first.");

        green.band(kiva, "HEALTHY");
        look();
        assertThat(open()).containsExactly("kiva licences_near_limit");

        database.sql("""
                insert into health.signal (id, account_id, cause, episode, state, urgency, evidence, remedy, opened_at)
                values (gen_random_uuid(), :id, 'upset_customer', 1, 'open', 'now', 'x', 'y', now())
                """).param("id", kiva.value()).update();
        look();
        assertThat(open()).isEmpty();
        assertThat(why(kiva)).contains("An urgent signal is open");
    }

    @Test
    void aSilentSourceIsNoReasonToCloseIt() {
        AccountId kiva = kivaGrows();
        look();
        green.silent(kiva);
        look();
        assertThat(open()).containsExactly("kiva licences_near_limit");
    }

    @Test
    void moreUsersThanLicencesAreTheirOwnSignal() {
        AccountId kiva = green.planner("kiva", "Kiva GmbH", "", 80);
        mondays("kiva", 84, 0);
        facts.written();
        green.used(kiva, 96, "2026-11-23");
        AccountId kiosk = green.planner("kiosk", "Kiosk", "", 2);
        green.used(kiosk, 96, "2026-11-23");

        look();

        assertThat(open()).containsExactly("kiva users_beyond_seats");
        JsonNode signal = asked("?kind=users_beyond_seats").path(0);
        assertThat(signal.path("low").decimalValue()).isEqualByComparingTo("600");
        assertThat(signal.path("amount").decimalValue()).isEqualByComparingTo("1500");
        assertThat(signal.path("high").decimalValue()).isEqualByComparingTo("2400");
        assertThat(why(kiosk)).contains("these licences do not count people");
    }

    @Test
    void whatIsAcceptedIsAnOpportunityUntilItIsTakenBack() {
        kivaGrows();
        look();
        UUID signal = open("licences_near_limit");

        HttpResponse<String> accepted = ana.post("/expansion/" + signal + "/opportunity", Map.of());
        assertThat(accepted.statusCode()).isEqualTo(302);
        String page = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(ana.get(page).body())
                .contains(
                        "44 more licences",
                        "92 of 100 licences are in use",
                        "Licences missing in 3, 6 and 12 months",
                        "5,280");
        assertThat(ana.post("/expansion/" + signal + "/opportunity", Map.of())
                        .headers()
                        .firstValue("Location"))
                .as("sent twice")
                .hasValue(page);
        assertThat(ana.get("/expansion?show=accepted").body()).contains("at stage found");
        look();
        assertThat(open()).as("it is decided").isEmpty();
        HttpResponse<String> late = ana.post("/expansion/" + signal + "/dismissal", Map.of("reason", "No"));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("Ana Reyes accepted it meanwhile.");

        ana.post("/changes/" + change() + "/undo", Map.of());
        assertThat(ana.get(page).statusCode()).isEqualTo(404);
        assertThat(open()).hasSize(1);

        String again = ana.post("/expansion/" + signal + "/opportunity", Map.of())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        ana.post(again + "/stage", Map.of("seen", "1", "stage", "qualified"));
        UUID accept = database.sql(
                        "select id from platform.change where kind = 'expansion-signal' order by at desc, id desc limit 1")
                .query(UUID.class)
                .single();
        ana.post("/changes/" + accept + "/undo", Map.of());
        assertThat(ana.get(again).statusCode()).as("somebody went on with it").isEqualTo(200);
        assertThat(open()).isEmpty();
    }

    private UUID change() {
        return database.sql(
                        "select id from platform.change where kind = 'expansion-signal' order by at desc, id desc limit 1")
                .query(UUID.class)
                .single();
    }

    @Test
    void whatIsDismissedStaysQuietUntilItsCauseHasGoneAndComeBack() {
        AccountId kiva = kivaGrows();
        look();
        UUID signal = open("licences_near_limit");
        assertThat(ana.post("/expansion/" + signal + "/dismissal", Map.of("reason", " "))
                        .body())
                .contains("Say why it does not fit");

        ana.post("/expansion/" + signal + "/dismissal", Map.of("reason", "They move to one shared screen"));
        look();
        assertThat(open()).isEmpty();
        assertThat(why(kiva)).contains("Dismissed by Ana Reyes: They move to one shared screen");
        assertThat(ana.get("/expansion?show=dismissed").body()).contains("They move to one shared screen");
        assertThat(ana.get("/accounts/" + kiva + "?tab=timeline&kind=growth").body())
                .contains("Signal of growth dismissed: Licences near the limit", "They move to one shared screen");

        green.seats(kiva, 150);
        look();
        green.seats(kiva, 100);
        look();
        assertThat(open()).containsExactly("kiva licences_near_limit");

        UUID dismissal = change();
        assertThat(ana.post("/changes/" + dismissal + "/undo", Map.of()).statusCode())
                .as("it has come back by itself")
                .isEqualTo(409);
        assertThat(open()).as("never two for one cause").hasSize(1);
    }

    @Test
    void whatPeersHaveIsOfferedButNeverAPlanInPlaceOfTheirs() {
        for (int i = 0; i < 12; i++) {
            AccountId peer = green.planner("p" + i, "Peer " + i, "SMB", 5);
            if (i < 7) {
                green.book()
                        .line(peer, String.valueOf(10 + i), "2025-01-01")
                        .product("Reports")
                        .add();
            }
        }
        for (int i = 0; i < 12; i++) { // another plan in place of the Planner
            AccountId other = green.book().account("t" + i, "Team " + i);
            green.book()
                    .line(other, "500", "2025-01-01")
                    .product("Planner Team")
                    .add();
            green.listed(other, "SMB", 6_000, "EUR", null);
        }
        green.book()
                .line(account("p8"), "10", "2024-01-01")
                .until("2025-01-01")
                .product("Reports")
                .add();
        green.band(account("p9"), "WATCH");
        database.sql("""
                insert into growth.opportunity (id, external_id, account_id, name, product, created_at, updated_at)
                select gen_random_uuid(), 'o-1', id, 'Reports', 'reports', now(), now() from accounts.account where external_id = 'p10'
                """).update();

        look();

        assertThat(open())
                .as("p8 had it, p9 is not healthy, p10 is asked already")
                .containsExactly("p11 peers_own Reports", "p7 peers_own Reports");
        JsonNode signal = asked("").path(0);
        assertThat(signal.path("finding").asString())
                .isEqualTo("7 of 12 SMB customers with Planner also have Reports (58 %); this one never had it");
        assertThat(signal.path("amount").decimalValue())
                .as("the fourth of seven prices, a year")
                .isEqualByComparingTo("156");
        assertThat(signal.path("low").decimalValue()).isEqualByComparingTo("132");
        assertThat(signal.path("high").decimalValue()).isEqualByComparingTo("180");
        assertThat(why(account("p8"))).contains("it had it before");
    }

    private AccountId account(String externalId) {
        return new AccountId(database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single());
    }

    @Test
    void advancedUseThatGrowsAndANewAreaShow() {
        AccountId kiva = green.planner("kiva", "Kiva GmbH", "SMB", 50);
        for (int ago = 1; ago <= 130; ago++) {
            feature(ago, "boards", "basic", "Work");
            if (ago > 28 && ago <= 84 && ago % 7 == 0 || ago <= 28 && ago % 2 == 0) {
                feature(ago, "rules", "advanced", "Work");
            }
            if (ago <= 30 && ago % 7 == 0) {
                feature(ago, "forecast", "basic", "Planning");
            }
        }
        facts.written();
        green.used(kiva, 3, "2026-11-23");

        look();

        assertThat(open()).containsExactly("kiva advanced_use_grows", "kiva area_tried Planning");
        assertThat(asked("?kind=advanced_use_grows").path(0).path("finding").asString())
                .contains("on 14 feature days in four weeks, after 4 and 4 in the eight weeks before");
        assertThat(asked("?kind=area_tried").path(0).path("assumption").asString())
                .startsWith("No amount: fewer than 5 customers");
        assertThat(ana.get("/expansion").body()).contains("Without an amount");
    }

    private void feature(int ago, String name, String level, String area) {
        facts.row(
                "kiva",
                YESTERDAY.minusDays(ago - 1L).toString(),
                Map.of("feature", name, "feature_level", level, "product_area", area, "user", "u1", "events", 3));
    }

    @Test
    void aReachedGoalAndAUsedUpProgramShow() {
        AccountId kiva = green.planner("kiva", "Kiva GmbH", "SMB", 50);
        database.sql("""
                insert into surveys.survey_response (id, external_id, account_id, kind, score, scale_max, comment, answered_at,
                    created_at, updated_at)
                values (gen_random_uuid(), 's', :id, 'success', 9, 10, 'Half the time', '2026-11-01T10:00:00Z', now(), now())
                """).param("id", kiva.value()).update();
        for (int i = 0; i < 5; i++) { // who bought a tenth, a fifth ... more within the year
            AccountId grown = green.planner("g" + i, "Grown " + i, "SMB", 5);
            green.book()
                    .line(grown, String.valueOf(100 * (i + 1)), "2026-06-01")
                    .add();
        }
        database.sql("""
                with program as (
                    insert into programs.program (id, key, name, tier, created_at)
                    values (gen_random_uuid(), 'premier', 'Premier', 3, now()) returning id
                ), version as (
                    insert into programs.version (id, program_id, number, offer, published_at, published_by, valid_from)
                    select gen_random_uuid(), id, 1, '{"currency": "EUR", "units": [{"unit": "hours", "title": "Expert hours",
                        "amount": 10, "worth": 180}]}'::jsonb, now(), 'Lin Wei', date '2020-01-01' from program returning id
                ), enrolment as (
                    insert into programs.enrolment (id, account_id, chosen_version_id, starts_on)
                    select gen_random_uuid(), :id, id, date '2026-08-16' from version returning id
                )
                insert into programs.pot (id, account_id, enrolment_id, unit, title, rule, program, starts_on, ends_on, included,
                    granted, consumed)
                select gen_random_uuid(), :id, id, 'hours', 'Expert hours', 'WARN', 'Premier', date '2026-08-16',
                    date '2027-03-03', 10, 10, 10 from enrolment
                """).param("id", kiva.value()).update();

        look();

        assertThat(open()).containsExactly("kiva goal_reached", "kiva program_used_up hours");
        JsonNode goal = asked("?kind=goal_reached").path(0);
        assertThat(goal.path("finding").asString()).contains("9 of 10", "Half the time");
        assertThat(goal.path("amount").decimalValue()).as("30 % of 12,000").isEqualByComparingTo("3600");
        // 10 in 101 days, and 99 are left: ten more, at 180
        JsonNode hours = asked("?kind=program_used_up").path(0);
        assertThat(hours.path("amount").decimalValue()).isEqualByComparingTo("1800");
        assertThat(hours.path("low").decimalValue()).isEqualByComparingTo("900");
    }

    @Test
    void othersCustomersStayTheirs() {
        AccountId kiva = kivaGrows();
        look();
        UUID signal = open("licences_near_limit");
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");

        assertThat(ben.get("/expansion").body()).doesNotContain("Kiva GmbH");
        assertThat(ben.get("/expansion/why?account=" + kiva).statusCode()).isEqualTo(404);
        assertThat(ben.post("/expansion/" + signal + "/opportunity", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(ben.post("/expansion/look", Map.of()).statusCode()).isEqualTo(403);
        assertThat(people.reader()
                        .post("/expansion/" + signal + "/dismissal", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.reader().get("/expansion").body())
                .contains("Kiva GmbH")
                .doesNotContain("Make it an opportunity");
    }

    @Test
    void wrongWordsAreToldOrPassedBy() {
        Visitor program = people.program("read");
        for (String query : List.of("?state=gone", "?kind=luck", "?after=x", "?limit=0", "?limit=501")) {
            assertThat(program.get("/api/v1/expansion-signals" + query).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(ana.get("/expansion?kind=luck&owner=x&after=y&show=z&q=%25_%00&segment=%00")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ana.get("/expansion").body()).contains("Signals of growth appear here");
        assertThat(ana.get("/expansion/why?account=x").statusCode()).isEqualTo(404);
        assertThat(ana.post("/expansion/" + UUID.randomUUID() + "/opportunity", Map.of())
                        .statusCode())
                .isEqualTo(404);
        look();
        assertThat(ana.get("/expansion").body()).contains("No signal is open");
        assertThat(ana.get("/expansion?q=nobody").body()).contains("No signal fits");
    }
}
