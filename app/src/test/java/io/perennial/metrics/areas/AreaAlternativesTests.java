package io.perennial.metrics.areas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

/** Moods, answers, adoption, and the other ways to define what areas tell. Today is the 24th of November 2026. */
@PerennialTest
class AreaAlternativesTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AUTUMN = "from=2026-08-01&to=2026-11-01";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    Visitor program;
    Book book;
    AccountId calm;
    AccountId wary;
    AccountId cross;

    /** 1,000 a month each. */
    @BeforeEach
    void threeCustomers() {
        book = new Book(database);
        program = people.program("read");
        calm = customer("calm", "2025-01-01");
        wary = customer("wary", "2025-01-01");
        cross = customer("cross", "2025-01-01");
    }

    private AccountId customer(String name, String since) {
        AccountId account = book.account(name, "The " + name);
        book.line(account, "1000", since).add();
        return account;
    }

    @Test
    void theLastWordAboutACustomerIsItsMood() {
        talk(calm, "2026-09-01", "angry");
        talk(calm, "2026-10-01", "happy");
        talk(calm, "2026-10-02", "purple");
        talk(wary, "2026-09-01", "Restless");

        JsonNode content = total("customer_mood", "");
        assertThat(content.path("numerator").asInt()).isEqualTo(1);
        assertThat(content.path("denominator").asInt()).isEqualTo(2);
        assertThat(content.path("interval").path("method").asString()).isEqualTo("wilson");
        assertThat(content.path("excluded")
                        .path("customers of whom nobody said it")
                        .asInt())
                .isEqualTo(1);
        int all = 0;
        for (String mood : new String[] {"content", "neutral", "anxious", "restless", "angry", "unhappy"}) {
            all += total("customer_mood", "&definition=" + mood)
                    .path("numerator")
                    .asInt();
        }
        assertThat(all).isEqualTo(2);
    }

    @Test
    void whoIsSaidToBeRestlessMayLeaveUntilSomebodySaysOtherwise() {
        health(calm, 80, "2026-10-01", "HEALTHY");
        health(wary, 80, "2026-10-01", "HEALTHY");
        talk(wary, "2026-09-01", "restless");
        assertThat(total("risk_of_leaving", "").path("numerator").asInt()).isEqualTo(1);
        assertThat(total("customers_at_risk", "").path("numerator").asInt()).isEqualTo(1);
        assertThat(people.leader()
                        .get("/metrics/risk_of_leaving?" + AUTUMN + "&part=counted")
                        .body())
                .contains("said to be restless");

        talk(wary, "2026-10-20", "content");

        assertThat(total("risk_of_leaving", "").path("numerator").asInt()).isZero();
    }

    @Test
    void aColleagueSaysOnScreenHowItWentAndTheWorkListHearsIt() {
        Visitor ana = people.csm("Ana Reyes");

        assertThat(ana.get("/accounts/" + cross.value()).body()).contains("How did they feel?");
        assertThat(ana.post(
                                "/accounts/" + cross.value() + "/touchpoints",
                                Map.of("kind", "call", "subject", "Renewal", "mood", "angry"))
                        .statusCode())
                .isEqualTo(303);

        assertThat(ana.get("/accounts/" + cross.value() + "?tab=timeline").body())
                .contains("Renewal · angry");
        database.sql("""
                insert into accounts.overview (account_id) values (:account) on conflict do nothing
                """).param("account", cross.value()).update();
        assertThat(ana.get("/cancellations/at-risk").body())
                .contains("The cross", "Said to be angry in a call of 24 Nov 2026");
    }

    @Test
    void revenueAtRiskCanBeOnlyThePartUnderThreatOrWeighed() {
        health(calm, 80, "2025-10-01", "HEALTHY");
        health(wary, 60, "2025-10-01", "WATCH");
        health(cross, 20, "2026-10-01", "AT_RISK");
        AccountId gone = book.account("gone", "Gone");
        book.line(gone, "500", "2025-01-01").until("2026-03-01").add();
        health(gone, 60, "2025-10-01", "WATCH");
        signal(wary, "licences_unused");
        adopted(wary, 10, 6, 500);

        // 12,000 of who may leave, and four of ten licences of who may buy less.
        assertThat(total("revenue_at_risk", "&definition=threatened_part")
                        .path("numerator")
                        .decimalValue())
                .isEqualByComparingTo("16800");
        JsonNode expected = total("revenue_at_risk", "&definition=expected");
        // Of two customers to watch a year ago one is gone; of one healthy none. Nobody was at risk then.
        assertThat(expected.path("numerator").decimalValue().doubleValue()).isEqualTo(6_000, within(1e-6));
        assertThat(expected.path("denominator").asInt()).isEqualTo(24_000);
        assertThat(expected.path("excluded")
                        .path("no colour now, or nobody had it a year before")
                        .asInt())
                .isEqualTo(1);
        JsonNode mean = total("health_score", "");
        assertThat(mean.path("value").decimalValue().doubleValue()).isEqualTo(160 / 3.0, within(1e-9));
        assertThat(mean.path("figures").path("customers_at_risk").asInt()).isEqualTo(1);
    }

    @Test
    void recommendationAndEffortAreReadFromAnswersEachPersonOnce() {
        UUID bo = book.contact(calm, "Bo", "champion", null, null);
        answer(calm, bo, "nps", 3, 10, "2026-09-01", "Autumn");
        answer(calm, bo, "nps", 10, 10, "2026-09-05", "Autumn");
        answer(wary, null, "nps", 9, 10, "2026-09-05", "Autumn");
        answer(wary, null, "nps", 0, 10, "2026-09-05", "Autumn");
        answer(cross, null, "nps", 4, 5, "2026-09-05", "Autumn");
        answer(calm, null, "ces", 6, 7, "2026-09-05", "Desk");
        answer(calm, null, "ces", 3, 7, "2026-09-05", "Desk");
        answer(calm, null, "ces", 4, 5, "2026-09-05", "Desk");

        JsonNode nps = total("nps", "");
        assertThat(nps.path("denominator").asInt()).isEqualTo(3);
        assertThat(nps.path("value").decimalValue().doubleValue()).isEqualTo(100 / 3.0, within(1e-9));
        assertThat(nps.path("interval").path("method").asString()).isEqualTo("adjusted_wald");
        assertThat(nps.path("excluded")
                        .path("no score, or not on a scale of 0 to 10")
                        .asInt())
                .isEqualTo(1);
        assertThat(total("nps", "&definition=customers").path("value").asInt()).isEqualTo(50);
        assertThat(total("ces", "").path("value").asInt()).isEqualTo(50);
        assertThat(total("ces", "&definition=top2_of_5").path("value").asInt()).isEqualTo(100);
    }

    @Test
    void defectsCanBeHeldAgainstRecommendation() {
        for (AccountId account : new AccountId[] {calm, wary}) {
            database.sql("""
                    insert into cases.support_case (id, external_id, account_id, opened_at, resolved_at, cause, created_at, updated_at)
                    values (gen_random_uuid(), :cause || :account, :account, '2026-08-01', '2026-08-02', :cause, now(), now())
                    """)
                    .param("account", account.value())
                    .param("cause", account == calm ? "how-to" : "defect")
                    .update();
        }
        answer(calm, null, "nps", 10, 10, "2026-09-05", "Autumn");
        answer(wary, null, "nps", 2, 10, "2026-09-05", "Autumn");
        answer(cross, null, "nps", 2, 10, "2026-09-05", "Autumn");

        JsonNode effect = total("defect_effect", "&definition=nps");

        assertThat(effect.path("value").asInt()).isEqualTo(-200);
        assertThat(effect.path("excluded")
                        .path("no score, or no classified case in the 90 days before")
                        .asInt())
                .isEqualTo(1);
        assertThat(effect.path("caution").asString()).isEqualTo("too few to rank: 1");
    }

    @Test
    void howOftenAndHowBroadlyTheProductIsUsed() {
        database.sql("""
                insert into usage.feature (name, level, first_used_on, created_at)
                values ('Boards', 'basic', '2026-01-01', now()), ('Forecasts', 'advanced', '2026-01-01', now())
                """).update();
        adopted(calm, 10, 8, 500);
        adopted(wary, 40, 8, 250);
        database.sql("""
                update usage.adoption set features = array(select id from usage.feature where id <> 0 order by id), shares = array[1000, 500]
                where account_id = :account
                """).param("account", calm.value()).update();

        assertThat(total("licence_adoption", "").path("value").asInt()).isEqualTo(32);
        assertThat(total("licence_adoption", "&definition=mean_of_customers")
                        .path("value")
                        .asInt())
                .isEqualTo(50);
        // 4 and 2 of 16 users on a mean day.
        assertThat(total("stickiness", "").path("value").decimalValue()).isEqualByComparingTo("37.5");
        // 8 and 4 users of two features; the other customer used none.
        assertThat(total("feature_adoption", "").path("value").decimalValue()).isEqualByComparingTo("37.5");
        assertThat(total("feature_adoption", "&definition=depth").path("value").asInt())
                .isEqualTo(50);
    }

    @Test
    void whoStillWaitsForTheFirstValueIsNotDropped() {
        int[] days = {3, 10, 40};
        for (int i = 0; i < days.length; i++) {
            AccountId account = customer("new" + i, "2026-08-10");
            database.sql("""
                    insert into usage.account_day (account_id, day, events, seconds, errors, features)
                    values (:account, date '2026-08-10' + :days, 5, 0, 0, '{}')
                    """)
                    .param("account", account.value())
                    .param("days", days[i])
                    .update();
        }
        customer("waiting1", "2026-08-10");
        customer("waiting2", "2026-08-10");

        JsonNode first = total("time_to_first_value", "");
        assertThat(first.path("value").asInt()).isEqualTo(40);
        assertThat(first.path("numerator").asInt()).isEqualTo(3);
        assertThat(first.path("denominator").asInt()).isEqualTo(5);
        assertThat(total("time_to_first_value", "&definition=first_use_achievers")
                        .path("value")
                        .asInt())
                .isEqualTo(10);
        customer("waiting3", "2026-08-10");
        customer("waiting4", "2026-08-10");
        assertThat(total("time_to_first_value", "").path("reason").path("code").asString())
                .isEqualTo("NOT_REACHED");
    }

    @Test
    void eachAreaSaysWhatItsFiguresRestOnAndWhatNobodyRecords() {
        talk(calm, "2026-11-01", "content");
        Visitor leader = people.leader();

        assertThat(leader.get("/areas/engagement/facts").body())
                .contains(
                        "1 of 3 customers were spoken with by somebody who says how they felt",
                        "Not known here",
                        "Self-help is a dialogue too");
        assertThat(leader.get("/areas/defects/facts").body())
                .contains("None: solved cases say why they came up", "What engineering spends on a fix");
        for (String page : new String[] {"health", "sales", "profitability", "critical"}) {
            assertThat(leader.get("/areas/" + page + "/facts").statusCode())
                    .as(page)
                    .isEqualTo(200);
        }
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/areas/engagement/facts")
                        .body())
                .contains("None: customers have any touchpoint on record");
        assertThat(leader.get("/areas/nonsense/facts").statusCode()).isEqualTo(404);
        assertThat(leader.get("/areas/defects").body())
                .contains(
                        "What is the total cost to handle defect related issues (total and as a percent of total service costs)?");
    }

    private void talk(AccountId account, String day, String mood) {
        book.touchpoint(account, "call", Instant.parse(day + "T10:00:00Z"), "Roll-out");
        database.sql("update engagement.touchpoint set sentiment = :mood where account_id = :account and at = :at")
                .param("mood", mood)
                .param("account", account.value())
                .param("at", Timestamp.from(Instant.parse(day + "T10:00:00Z")))
                .update();
    }

    private void health(AccountId account, int score, String day, String band) {
        UUID model = database.sql("""
                insert into health.model_version (id, name, version, text, state, created_by, created_at)
                values (gen_random_uuid(), 'test', (select coalesce(max(version), 0) + 1 from health.model_version where name = 'test'),
                    '', 'retired', 'test', now())
                returning id
                """).query(UUID.class).single();
        database.sql("""
                insert into health.score_change (account_id, at, score, band, coverage, model_version)
                values (:account, cast(:day as date), :score, :band, 1, :model)
                """)
                .param("account", account.value())
                .param("day", day)
                .param("score", score)
                .param("band", band)
                .param("model", model)
                .update();
    }

    private void signal(AccountId account, String cause) {
        database.sql("""
                insert into health.signal (id, account_id, cause, episode, state, urgency, evidence, remedy, opened_at)
                values (gen_random_uuid(), :account, :cause, 1, 'open', 'soon', '', '', '2026-10-01')
                """)
                .param("account", account.value())
                .param("cause", cause)
                .update();
    }

    private void adopted(AccountId account, int seats, int active, int stickiness) {
        database.sql("""
                insert into usage.adoption (account_id, until, segment, seats, active_users, unused, stickiness, features, shares, renewed_at)
                values (:account, '2026-10-30', '', :seats, :active, :seats - :active, :stickiness, '{}', '{}', now())
                """)
                .param("account", account.value())
                .param("seats", seats)
                .param("active", active)
                .param("stickiness", stickiness)
                .update();
    }

    private void answer(
            AccountId account, @Nullable UUID who, String kind, int score, int scale, String day, String survey) {
        database.sql("""
                insert into surveys.survey_response (id, external_id, account_id, contact_id, kind, score, scale_max, survey, answered_at,
                    created_at, updated_at)
                values (gen_random_uuid(), gen_random_uuid()::text, :account, :who, :kind, :score, :scale, :survey, cast(:day as date),
                    now(), now())
                """)
                .param("account", account.value())
                .param("who", who)
                .param("kind", kind)
                .param("score", score)
                .param("scale", scale)
                .param("survey", survey)
                .param("day", day)
                .update();
    }

    private JsonNode total(String metric, String more) {
        HttpResponse<String> answer = program.get("/api/v1/metrics/" + metric + "?" + AUTUMN + more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("total");
    }
}
