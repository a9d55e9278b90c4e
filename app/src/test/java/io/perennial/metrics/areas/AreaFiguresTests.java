package io.perennial.metrics.areas;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The field's questions answered from a company's own facts. Today is the 24th of November 2026. */
@PerennialTest
class AreaFiguresTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AUTUMN = "from=2026-08-01&to=2026-11-01";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    Visitor program;
    Book book;
    AccountId spoken;
    AccountId asking;
    AccountId silent;
    AccountId fresh;

    /** 1,000 a month each; one came on the first of October, one left in spring. */
    @BeforeEach
    void fourCustomersAndOneWhoLeft() {
        book = new Book(database);
        program = people.program("read");
        spoken = customer("spoken", "2025-01-01");
        asking = customer("asking", "2025-01-01");
        silent = customer("silent", "2025-01-01");
        fresh = customer("fresh", "2026-10-01");
        AccountId left = book.account("left", "Left Long Ago");
        book.line(left, "1000", "2025-01-01").until("2026-03-01").add();
        book.touchpoint(left, "call", Instant.parse("2026-09-01T10:00:00Z"), "Would you come back?");
    }

    private AccountId customer(String name, String since) {
        AccountId account = book.account(name, "The " + name);
        book.line(account, "1000", since).add();
        return account;
    }

    @Test
    void engagedIsWhomBothSidesSpokeWith() {
        talk(spoken, "2026-09-01", null);
        talk(spoken, "2026-10-01", null);
        book.touchpoint(silent, "automated", Instant.parse("2026-09-03T10:00:00Z"), "Newsletter");
        talk(silent, "2026-07-31", null);
        solved(asking, "2026-09-05", "how-to", 5);

        JsonNode engaged = total("engaged_rate", "");
        assertThat(engaged.path("numerator").asInt()).isEqualTo(2);
        assertThat(engaged.path("denominator").asInt()).isEqualTo(4);
        assertThat(engaged.path("value").asInt()).isEqualTo(50);
        assertThat(engaged.path("caution").asString()).isEqualTo("too few to rank: 4");
        assertThat(total("engaged_rate", "&definition=conversations")
                        .path("value")
                        .asInt())
                .isEqualTo(25);
        assertThat(people.leader()
                        .get("/metrics/engaged_rate?" + AUTUMN + "&part=not_counted")
                        .body())
                .contains("2 rows", "The silent", "The fresh")
                .doesNotContain("The spoken");
        JsonNode months = read("engaged_rate", "&by=month").path("groups");
        assertThat(months.size()).isEqualTo(3);
        assertThat(months.path(0).path("result").path("value").asInt()).isZero();
        assertThat(months.path(1).path("result").path("numerator").asInt()).isEqualTo(2);
        assertThat(months.path(2).path("result").path("denominator").asInt()).isEqualTo(4);
    }

    @Test
    void frequencyCountsTheMonthsInWhichSomebodyWasACustomer() {
        talk(spoken, "2026-09-01", null);
        talk(spoken, "2026-10-01", null);
        solved(asking, "2026-09-05", "how-to", 5);

        JsonNode frequency = total("engagement_frequency", "");
        // Three customers for 92 days, one for 31.
        assertThat(frequency.path("denominator").decimalValue().doubleValue())
                .isEqualTo((3 * 92 + 31) * 12 / 365.25, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(frequency.path("numerator").asInt()).isEqualTo(3);
        assertThat(frequency.path("figures").path("customers_with_none").asInt())
                .isEqualTo(2);
        assertThat(frequency.path("figures").path("customers_below_1_a_month").asInt())
                .isEqualTo(2);
        assertThat(total("engagement_frequency", "&definition=conversations")
                        .path("numerator")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void moodsAndAnswersSayHowItGoesAndWhatNobodyRatedStaysApart() {
        talk(spoken, "2026-09-01", "content");
        talk(spoken, "2026-09-08", "angry");
        talk(spoken, "2026-09-09", "purple");
        talk(silent, "2026-09-10", null);
        solved(asking, "2026-09-05", "how-to", 3);

        JsonNode positive = total("engagement_sentiment", "");
        assertThat(positive.path("numerator").asInt()).isEqualTo(1);
        assertThat(positive.path("denominator").asInt()).isEqualTo(3);
        assertThat(positive.path("interval").path("method").asString()).isEqualTo("wilson");
        // One with silent, and one with the customer who left.
        assertThat(positive.path("excluded").path("not rated").asInt()).isEqualTo(2);
        assertThat(positive.path("excluded")
                        .path("rated by a word that is not known")
                        .asInt())
                .isEqualTo(1);
        assertThat(sum("engagement_sentiment", "positive", "neutral", "negative"))
                .isEqualTo(3);
        assertThat(total("engagement_sentiment", "&definition=net")
                        .path("value")
                        .asInt())
                .isZero();
    }

    @Test
    void healthThatRisesWithEngagementCorrelatesFully() {
        int talks = 0;
        for (AccountId account : List.of(silent, fresh, asking, spoken)) {
            for (int i = 0; i < talks; i++) {
                talk(account, "2026-09-1" + i, null);
            }
            health(account, 30 + 20 * talks, "2026-10-15", talks == 0 ? "AT_RISK" : "WATCH");
            talks++;
        }

        assertThat(total("correlation", "").path("value").asInt()).isEqualTo(1);
        assertThat(total("correlation", "&definition=health_with_quality")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("TOO_FEW");
        assertThat(program.get("/api/v1/metrics/correlation?from=2026-08-01&to=2026-10-15")
                        .body())
                .contains("TOO_FEW");
    }

    @Test
    void whoMayLeaveAndWhoMayBuyLessAreDisjointAndTogetherAtRisk() {
        health(spoken, 80, "2026-10-01", "HEALTHY");
        health(asking, 20, "2026-10-01", "AT_RISK");
        health(silent, 60, "2026-10-01", "WATCH");
        signal(asking, "licences_unused", "2026-10-02", null);
        signal(silent, "licences_unused", "2026-10-02", null);
        signal(spoken, "falling_usage", "2026-09-02", "2026-09-20");

        assertThat(total("risk_of_leaving", "").path("numerator").asInt()).isEqualTo(1);
        assertThat(total("risk_of_reducing", "").path("numerator").asInt()).isEqualTo(1);
        JsonNode revenue = total("revenue_at_risk", "");
        assertThat(revenue.path("value").asInt()).isEqualTo(50);
        assertThat(revenue.path("numerator").asInt()).isEqualTo(24_000);
        assertThat(revenue.path("currency").asString()).isEqualTo("EUR");
        assertThat(revenue.path("figures").path("customers_without_a_score").asInt())
                .isEqualTo(1);
        assertThat(total("revenue_at_risk", "&definition=leaving").path("value").asInt())
                .isEqualTo(25);
        assertThat(people.leader()
                        .get("/metrics/revenue_at_risk?" + AUTUMN + "&part=counted")
                        .body())
                .contains("The asking", "may leave", "licences unused");
        // The signal about use stood in the middle of September.
        assertThat(JSON.readTree(program.get("/api/v1/metrics/risk_of_leaving?from=2026-08-01&to=2026-09-15")
                                .body())
                        .path("total")
                        .path("numerator")
                        .asInt())
                .isEqualTo(1);
        book.line(book.account("dollar", "Dollar Depot"), "220", "2025-01-01")
                .in("USD")
                .add();
        assertThat(total("revenue_at_risk", "").path("reason").path("code").asString())
                .isEqualTo("SEVERAL_CURRENCIES");
        assertThat(read("revenue_at_risk", "&by=currency")
                        .path("groups")
                        .path(0)
                        .path("result")
                        .path("value")
                        .asInt())
                .isEqualTo(50);
    }

    @Test
    void withoutScoresNobodyIsSaidToBeSafe() {
        assertThat(total("risk_of_leaving", "").path("reason").path("code").asString())
                .isEqualTo("NO_HEALTH_SCORES");
        assertThat(total("revenue_at_risk", "").path("value").isNull()).isTrue();
    }

    @Test
    void theEffectOfDefectsIsADifferenceWithItsInterval() {
        for (int i = 1; i <= 9; i++) {
            solved(asking, "2026-09-0" + i, "defect", i <= 3 ? 5 : 2);
            solved(spoken, "2026-09-0" + i, "how-to", i <= 8 ? 4 : 1);
        }
        solved(spoken, "2026-09-20", "", 1);

        JsonNode effect = total("defect_effect", "");
        assertThat(effect.path("value").decimalValue().doubleValue())
                .isEqualTo(100 * (3 - 8) / 9.0, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(effect.path("interval").path("to").decimalValue().doubleValue())
                .isLessThan(0);
        assertThat(effect.path("sample").asInt()).isEqualTo(9);
        assertThat(effect.path("excluded").path("not classified").asInt()).isEqualTo(1);
    }

    @Test
    void customersSayWhatTheProductDidForThem() {
        for (int score : new int[] {5, 4, 3, 1}) {
            database.sql("""
                    insert into surveys.survey_response (id, external_id, account_id, kind, score, scale_max, answered_at,
                        created_at, updated_at)
                    values (gen_random_uuid(), gen_random_uuid()::text, :account, 'success', :score, 5, '2026-09-01', now(), now())
                    """)
                    .param("account", spoken.value())
                    .param("score", score)
                    .update();
        }

        assertThat(total("success_perception", "").path("value").asInt()).isEqualTo(50);
        assertThat(sum("success_perception", "positive", "neutral", "none_or_negative"))
                .isEqualTo(4);
    }

    @Test
    void useOfLicencesFeaturesAndTimeIsReadFromUsage() {
        database.sql("""
                insert into usage.adoption (account_id, until, segment, seats, active_users, features, shares, renewed_at)
                values (:spoken, '2026-10-30', '', 10, 8, '{}', '{}', now()), (:asking, '2026-10-30', '', null, 8, '{}', '{}', now())
                """)
                .param("spoken", spoken.value())
                .param("asking", asking.value())
                .update();
        database.sql("""
                insert into usage.feature (id, name, level, first_used_on, created_at) overriding user value
                values (1, 'Boards', 'basic', '2026-01-01', now()), (2, 'Forecasts', 'advanced', '2026-01-01', now())
                """).update();
        int advanced = database.sql("select id from usage.feature where level = 'advanced'")
                .query(Integer.class)
                .single();
        int basic = database.sql("select id from usage.feature where level = 'basic'")
                .query(Integer.class)
                .single();
        for (int user = 1; user <= 4; user++) {
            used(spoken, user, basic);
        }
        used(spoken, 1, advanced);
        database.sql("""
                insert into usage.account_day (account_id, day, events, active_users, seconds, errors, features)
                values (:account, '2026-10-20', 9, 4, 4800, 0, '{}'), (:account, '2026-10-21', 9, null, 4800, 0, '{}')
                """).param("account", spoken.value()).update();

        JsonNode licences = total("licence_adoption", "");
        assertThat(licences.path("value").asInt()).isEqualTo(80);
        assertThat(licences.path("excluded").path("licences or users not known").asInt())
                .isEqualTo(1);
        assertThat(total("advanced_users", "").path("value").asInt()).isEqualTo(25);
        assertThat(total("advanced_users", "&definition=basic").path("value").asInt())
                .isEqualTo(75);
        assertThat(total("time_in_product", "").path("value").asInt()).isEqualTo(20);
    }

    @Test
    void eachAreaAsksItsQuestionsInOrderAndSaysWhatIsMissing() {
        talk(spoken, "2026-11-01", "content");
        Visitor leader = people.leader();

        String engagement = leader.get("/areas/engagement").body();
        assertThat(engagement)
                .containsSubsequence(
                        "What percent of your customer base do you actively engage with?",
                        "How often do you engage with them?",
                        "What percent of customer engagements are positive? Negative?",
                        "How does the health of customer relationships correlate")
                .contains("1 of 4", "25.0 %", "too few to rank: 4", "/metrics/engaged_rate?from=2026-08-27");
        assertThat(leader.get("/areas/defects").body())
                .contains("No case says why it came up.", "column cause", "href=\"/imports\"");
        assertThat(leader.get("/areas/critical").body())
                .containsSubsequence("<h2>Adoption</h2>", "<h2>Success</h2>", "<h2>Retention</h2>")
                .contains("Begin success plans with measurable outcomes", "/success-plans?look=none");
        for (String page : List.of("", "/health", "/sales", "/profitability", "/engagement/trend", "/sales/trend")) {
            assertThat(leader.get("/areas" + page).statusCode()).as(page).isEqualTo(200);
        }
        assertThat(leader.get("/areas/nonsense").statusCode()).isEqualTo(404);
        assertThat(leader.get("/areas/health?from=x&to=1").statusCode()).isEqualTo(200);
        Visitor ana = people.csmWithOwnAccounts("Ana Reyes");
        assertThat(ana.get("/areas/engagement").body()).contains("No customer has recurring revenue");
    }

    private void talk(AccountId account, String day, @Nullable String mood) {
        book.touchpoint(account, "call", Instant.parse(day + "T10:00:00Z"), "Roll-out");
        database.sql("update engagement.touchpoint set sentiment = :mood where account_id = :account and at = :at")
                .param("mood", mood)
                .param("account", account.value())
                .param("at", Timestamp.from(Instant.parse(day + "T10:00:00Z")))
                .update();
    }

    private void solved(AccountId account, String day, String cause, int satisfaction) {
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, opened_at, resolved_at, cause, satisfaction,
                    satisfaction_scale, created_at, updated_at)
                values (:id, :id::text, :account, :at, cast(:at as timestamptz) + interval '1 hour', :cause, :satisfaction, 5, now(), now())
                """)
                .param("id", UUID.randomUUID())
                .param("account", account.value())
                .param("at", Timestamp.from(Instant.parse(day + "T10:00:00Z")))
                .param("cause", cause)
                .param("satisfaction", satisfaction)
                .update();
    }

    private void health(AccountId account, int score, String day, String band) {
        UUID model = database.sql("""
                insert into health.model_version (id, name, version, text, state, created_by, created_at)
                values (:id, 'test', (select coalesce(max(version), 0) + 1 from health.model_version where name = 'test'), '',
                    'retired', 'test', now())
                returning id
                """)
                .param("id", UUID.randomUUID())
                .query(UUID.class)
                .single();
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

    private void signal(AccountId account, String cause, String opened, @Nullable String closed) {
        database.sql("""
                insert into health.signal (id, account_id, cause, episode, state, urgency, evidence, remedy, opened_at, closed_at)
                values (gen_random_uuid(), :account, :cause, 1, :state, 'soon', '', '', cast(:opened as date), cast(:closed as date))
                """)
                .param("account", account.value())
                .param("cause", cause)
                .param("state", closed == null ? "open" : "closed")
                .param("opened", opened)
                .param("closed", closed)
                .update();
    }

    private void used(AccountId account, int user, int feature) {
        database.sql("""
                insert into usage.daily (day, account_id, user_id, feature_id, events) values ('2026-10-20', :account, :user, :feature, 3)
                """)
                .param("account", account.value())
                .param("user", user)
                .param("feature", feature)
                .update();
    }

    private int sum(String metric, String... definitions) {
        int sum = 0;
        for (String definition : definitions) {
            sum += total(metric, "&definition=" + definition).path("numerator").asInt();
        }
        return sum;
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
