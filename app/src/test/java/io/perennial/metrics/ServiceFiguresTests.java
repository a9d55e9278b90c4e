package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.identity.Role;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures of service from the facts: their bases, their reasons, their rows. Today is the 24th of November 2026. */
@PerennialTest
class ServiceFiguresTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PERIOD = "from=2026-10-01&to=2026-11-25";

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    Visitor program;
    AccountId oslo;
    AccountId norda;

    @BeforeEach
    void twoCustomers() {
        Book book = new Book(database);
        oslo = book.account("oslo", "Oslo Ferry");
        norda = book.account("norda", "Norda Bank");
        program = people.program("read");
    }

    @Test
    void withoutFactsThereIsAReasonAndNoZero() {
        assertThat(total("time_to_resolve").path("reason").path("code").asString())
                .isEqualTo("NO_RESOLVED_CASES");
        assertThat(total("first_response_time").path("reason").path("code").asString())
                .isEqualTo("NO_KNOWN_REPLY");
        assertThat(total("reopened").path("value").isNull()).isTrue();
        assertThat(total("sla_attainment").path("reason").path("code").asString())
                .isEqualTo("NO_PROMISES");
        assertThat(total("csat").path("reason").path("code").asString()).isEqualTo("NO_RESPONSES");
        assertThat(total("cost_per_case").path("reason").path("code").asString())
                .isEqualTo("COST_NOT_SET");
        assertThat(total("case_deflection").path("reason").path("code").asString())
                .isEqualTo("NO_VISITS");
        assertThat(total("backlog").path("value").asInt()).isZero();
    }

    @Test
    void timesAreMediansWithPercentilesByWhatTheyAreCut() {
        add(oslo, "urgent", "2026-10-05T08:00Z", "2026-10-05T08:30Z", "2026-10-05T10:00Z");
        add(oslo, "urgent", "2026-10-06T08:00Z", "2026-10-06T09:00Z", "2026-10-06T18:00Z");
        add(norda, "low", "2026-11-02T08:00Z", null, "2026-11-02T12:00Z");

        JsonNode whole = read("time_to_resolve", "&by=priority");
        assertThat(whole.path("total").path("value").asDouble()).isEqualTo(4);
        assertThat(whole.path("total").path("figures").path("p95").asDouble()).isEqualTo(9.4, within(1e-9));
        assertThat(whole.path("total").path("caution").asString()).isEqualTo("too few to rank: 3");
        assertThat(whole.path("groups").path(0).path("key").asString()).isEqualTo("urgent");
        assertThat(whole.path("groups").path(0).path("result").path("value").asDouble())
                .isEqualTo(6);
        assertThat(read("time_to_resolve", "&by=customer")
                        .path("groups")
                        .path(1)
                        .path("name")
                        .asString())
                .isEqualTo("Norda Bank");
        assertThat(read("time_to_resolve", "&by=month")
                        .path("groups")
                        .path(1)
                        .path("key")
                        .asString())
                .isEqualTo("2026-11");
        JsonNode answers = total("first_response_time");
        assertThat(answers.path("value").asDouble()).isEqualTo(0.75);
        assertThat(answers.path("excluded").path("no answer known").asInt()).isEqualTo(1);
        assertThat(read("cases_opened", "&by=program")
                        .path("groups")
                        .path(0)
                        .path("key")
                        .asString())
                .isEmpty();
    }

    @Test
    void aMonthWithoutAnyCaseIsAMonthToo() {
        add(oslo, "low", "2026-08-05T08:00Z", null, "2026-08-05T10:00Z");
        add(oslo, "low", "2026-10-05T08:00Z", null, "2026-11-05T10:00Z");

        JsonNode opened = json(program.get("/api/v1/metrics/cases_opened?from=2026-08-01&to=2026-11-25&by=month"));
        assertThat(opened.path("groups").size()).isEqualTo(3);
        assertThat(opened.path("groups").path(1).path("key").asString()).isEqualTo("2026-09");
        assertThat(opened.path("groups").path(1).path("result").path("value").asInt())
                .isZero();
        JsonNode solved = json(program.get("/api/v1/metrics/time_to_resolve?from=2026-08-01&to=2026-11-25&by=month"));
        assertThat(solved.path("groups")
                        .path(1)
                        .path("result")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_RESOLVED_CASES");
        JsonNode backlog = json(program.get("/api/v1/metrics/backlog?from=2026-08-01&to=2026-11-25&by=month"));
        assertThat(backlog.path("groups").path(0).path("key").asString()).isEqualTo("2026-10");
        assertThat(backlog.path("groups").path(0).path("result").path("value").asInt())
                .isEqualTo(1);
        assertThat(backlog.path("groups").path(1).path("result").path("value").asInt())
                .isZero();
    }

    @Test
    void aContactAfterTheSolutionIsNoFirstContactResolution() {
        UUID quiet = add(oslo, "low", "2026-10-05T08:00Z", "2026-10-05T08:30Z", "2026-10-05T10:00Z");
        UUID wrote = add(oslo, "low", "2026-10-06T08:00Z", "2026-10-06T08:30Z", "2026-10-06T10:00Z");
        UUID again = add(oslo, "low", "2026-10-07T08:00Z", "2026-10-07T08:30Z", "2026-10-07T10:00Z");
        add(norda, "low", "2026-11-22T08:00Z", "2026-11-22T08:30Z", "2026-11-23T10:00Z");
        database.sql("update cases.support_case set reopened = 1 where id = :id")
                .param("id", again)
                .update();
        say(quiet, "customer", "2026-10-05T08:10Z"); // more about it, before anybody answered
        say(quiet, "reply", "2026-10-05T08:30Z");
        say(wrote, "customer", "2026-10-08T08:00Z");

        JsonNode first = total("first_contact_resolution");
        assertThat(first.path("numerator").asInt()).isEqualTo(1);
        assertThat(first.path("denominator").asInt()).isEqualTo(3);
        assertThat(first.path("excluded").path("solved less than a week ago").asInt())
                .isEqualTo(1);
        assertThat(read("first_contact_resolution", "&definition=solved_once")
                        .path("total")
                        .path("numerator")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void promisesAreJudgedWhenTheyAreKeptOrBroken() {
        UUID kept = add(oslo, "low", "2026-11-02T08:00Z", "2026-11-02T09:00Z", null);
        UUID late = add(oslo, "low", "2026-11-03T08:00Z", "2026-11-03T20:00Z", null);
        UUID open = add(norda, "low", "2026-11-04T08:00Z", null, null);
        UUID soon = add(norda, "low", "2026-11-23T08:00Z", null, null);
        promise(kept, "2026-11-02T12:00Z", "2026-11-02T09:00Z", null);
        promise(late, "2026-11-03T12:00Z", "2026-11-03T20:00Z", "2026-11-03T12:00Z");
        promise(open, "2026-11-04T12:00Z", null, null);
        promise(soon, "2026-11-26T12:00Z", null, null);

        JsonNode attained = read("sla_attainment", "&definition=first_response").path("total");
        assertThat(attained.path("numerator").asInt()).isEqualTo(1);
        assertThat(attained.path("denominator").asInt()).isEqualTo(3); // open and overdue counts as missed
        assertThat(read("sla_attainment", "&definition=resolution")
                        .path("total")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("NO_PROMISES");
        String rows = people.admin()
                .get("/metrics/sla_attainment?" + PERIOD + "&definition=first_response&part=not_counted")
                .body();
        assertThat(rows).contains("2 rows").contains("/cases/" + late).contains("/cases/" + open);
    }

    @Test
    void theRowsBehindAFigureAddUpToIt() {
        add(oslo, "high", "2026-10-05T08:00Z", "2026-10-05T09:00Z", "2026-10-05T10:00Z");
        add(oslo, "high", "2026-10-06T08:00Z", null, "2026-10-06T10:00Z");
        add(norda, "low", "2026-10-07T08:00Z", "2026-10-07T09:00Z", null);
        Visitor admin = people.admin();

        String page = "/metrics/first_response_time?" + PERIOD;
        assertThat(total("first_response_time").path("denominator").asInt()).isEqualTo(2);
        assertThat(admin.get(page + "&part=base").body()).contains("2 rows");
        assertThat(admin.get(page + "&part=excluded").body()).contains("1 row<");
        assertThat(admin.get(page + "&by=priority&group=high&part=base").body()).contains("1 row:");
        assertThat(admin.get("/metrics/backlog?" + PERIOD + "&part=base").body())
                .contains("1 row<")
                .contains("Norda Bank");
    }

    @Test
    void aMemberWithAPortfolioSeesTheFiguresOfIt() {
        Visitor ana = people.csmWithOwnAccounts("Ana Reyes");
        database.sql("update accounts.account set owner_id = :ana where id = :id")
                .param("ana", ana.id())
                .param("id", oslo.value())
                .update();
        add(oslo, "low", "2026-10-05T08:00Z", null, "2026-10-05T10:00Z");
        add(norda, "low", "2026-10-06T08:00Z", null, "2026-10-06T10:00Z");

        assertThat(ana.get("/metrics/cases_opened?" + PERIOD + "&part=base").body())
                .contains("Oslo Ferry")
                .doesNotContain("Norda Bank");
        assertThat(ana.get("/service?" + PERIOD + "&by=customer").body())
                .contains("Oslo Ferry")
                .doesNotContain("Norda Bank");
    }

    @Test
    void aCaseCostsWhatTheDeskCostsOnceThatIsSaid() {
        add(oslo, "low", "2026-10-05T08:00Z", null, "2026-10-05T10:00Z");
        add(norda, "low", "2026-10-06T08:00Z", null, "2026-10-06T10:00Z");
        String october = "/api/v1/metrics/cost_per_case?from=2026-10-01&to=2026-11-01";
        Visitor leader = people.leader();

        assertThat(leader.post(
                                "/metrics/cost_per_case/costs",
                                Map.of("from", "2026-09-01", "monthly", "x", "currency", "EUR"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(people.csm("Ben Ode")
                        .post(
                                "/metrics/cost_per_case/costs",
                                Map.of("from", "2026-09-01", "monthly", "3000", "currency", "EUR"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(leader.post(
                                "/metrics/cost_per_case/costs",
                                Map.of("from", "2026-09-01", "monthly", "3000", "currency", "EUR"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(json(program.get(october)).path("total").path("value").asDouble())
                .isEqualTo(1500);
        leader.post("/metrics/cost_per_case/costs", Map.of("from", "2026-10-16", "monthly", "6200", "currency", "EUR"));
        // Fifteen days at 3,000 and sixteen at 6,200 a month of 31 days: 1451.61 + 3200.
        assertThat(json(program.get(october)).path("total").path("numerator").asDouble())
                .isEqualTo(4651.61, within(0.005));
        leader.post("/metrics/cost_per_case/costs", Map.of("from", "2026-09-01", "monthly", "", "currency", "EUR"));
        assertThat(json(program.get(october))
                        .path("total")
                        .path("reason")
                        .path("code")
                        .asString())
                .isEqualTo("COST_NOT_SET");
    }

    @Test
    void theCostOfTheDeskIsSharedByTheWorkThatCanBeSeen() {
        UUID quick = add(oslo, "low", "2026-10-05T08:00Z", null, "2026-10-05T10:00Z");
        UUID long1 = add(norda, "low", "2026-10-06T08:00Z", null, "2026-10-06T10:00Z");
        say(quick, "customer", "2026-10-05T08:10Z");
        say(long1, "reply", "2026-10-06T08:10Z");
        say(long1, "note", "2026-10-06T08:20Z");
        people.leader()
                .post(
                        "/metrics/cost_per_case/costs",
                        Map.of("from", "2026-09-01", "monthly", "4000", "currency", "EUR"));
        String october = "/api/v1/metrics/cost_per_case?from=2026-10-01&to=2026-11-01";

        JsonNode byCustomer = json(program.get(october + "&by=customer"));
        assertThat(byCustomer.path("total").path("value").asDouble()).isEqualTo(2000);
        // One part for Oslo's case; one and two more for Norda's.
        Map<String, Double> costs = new HashMap<>();
        byCustomer
                .path("groups")
                .forEach(group -> costs.put(
                        group.path("name").asString(),
                        group.path("result").path("value").asDouble()));
        assertThat(costs).isEqualTo(Map.of("Oslo Ferry", 1000.0, "Norda Bank", 3000.0));
        for (String by : new String[] {"team", "team_member", "program", "product", "priority", "month"}) {
            JsonNode cut = json(program.get(october + "&by=" + by));
            double sum = 0;
            for (JsonNode group : cut.path("groups")) {
                sum += group.path("result").path("numerator").asDouble();
            }
            assertThat(sum).as(by).isEqualTo(4000, within(1e-6));
        }
    }

    @Test
    void whatWasSaidOfTheCostIsTakenBack() {
        Visitor leader = people.leader();
        leader.post("/metrics/cost_per_case/costs", Map.of("from", "2026-09-01", "monthly", "3000", "currency", "EUR"));
        leader.post("/metrics/cost_per_case/costs", Map.of("from", "2026-09-01", "monthly", "9000", "currency", "EUR"));
        UUID latest = database.sql(
                        "select id from platform.change where kind = 'service-cost' order by at desc, id desc limit 1")
                .query(UUID.class)
                .single();
        leader.post("/changes/" + latest + "/undo", Map.of());
        assertThat(database.sql("select monthly from metrics.service_cost")
                        .query(BigDecimal.class)
                        .single())
                .isEqualByComparingTo("3000");

        UUID first = database.sql("select id from platform.change where kind = 'service-cost' order by at, id limit 1")
                .query(UUID.class)
                .single();
        leader.post("/changes/" + first + "/undo", Map.of());
        assertThat(database.sql("select count(*) from metrics.service_cost")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void figuresAreCutByTeamOfTheCaseOrOfWhoeverHasIt() {
        UUID given = add(oslo, "low", "2026-10-05T08:00Z", null, "2026-10-05T10:00Z");
        UUID taken = add(oslo, "low", "2026-10-06T08:00Z", null, "2026-10-06T10:00Z");
        add(norda, "low", "2026-10-07T08:00Z", null, "2026-10-07T10:00Z");
        Visitor bo = people.csm("Bo Billing");
        Visitor leader = people.leader();
        leader.post("/cases/team", Map.of("member", bo.id().toString(), "skills", "", "team", "Billing"));
        leader.post("/cases/team", Map.of("member", leader.id().toString(), "skills", "", "team", "Night"));
        database.sql("update cases.support_case set assignee_id = :bo where id = any(:ids)")
                .param("bo", bo.id())
                .param("ids", new UUID[] {given, taken})
                .update();
        database.sql(
                        "update cases.support_case set team_id = (select id from identity.team where name = 'Night') where id = :id")
                .param("id", given)
                .update();

        Map<String, Integer> opened = new HashMap<>();
        read("cases_opened", "&by=team")
                .path("groups")
                .forEach(group -> opened.put(
                        group.path("key").asString(),
                        group.path("result").path("value").asInt()));
        assertThat(opened).isEqualTo(Map.of("Night", 1, "Billing", 1, "", 1));
        assertThat(people.admin().get("/service?" + PERIOD + "&by=team").body())
                .contains("Billing", "Night", "not said");
        for (String metric : new String[] {
            "first_response_time",
            "time_to_resolve",
            "first_contact_resolution",
            "reopened",
            "escalated",
            "backlog",
            "sla_attainment",
            "cost_per_case"
        }) {
            for (String by : new String[] {"team", "team_member", "program", "product", "customer"}) {
                assertThat(program.get("/api/v1/metrics/" + metric + "?" + PERIOD + "&by=" + by)
                                .statusCode())
                        .as(metric + " by " + by)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void whatCannotBeComputedIsNamed() {
        refused("sla_attainment/evaluate", "{\"met\": 9}", "with_sla", "required");
        refused("sla_attainment/evaluate", "{\"met\": 11, \"with_sla\": 10}", "met", "more_than_all");
        refused("sla_attainment/evaluate", "{\"met\": \"9\", \"with_sla\": 10}", "met", "not_a_number");
        refused("sla_attainment/evaluate", "{\"met\": 9, \"with_sla\": 10, \"so\": 1}", "so", "unknown_field");
        refused("nps/evaluate", "{\"scores\": [9, 11]}", "scores", "out_of_range");
        refused(
                "nps/evaluate",
                "{\"promoters\": 1e13, \"passives\": 0, \"detractors\": 0}",
                "promoters",
                "out_of_range");
        refused("mrr/evaluate", "{\"unit_amount_cents\": 1e40}", "unit_amount_cents", "out_of_range");
        refused("nrr/evaluate", "{\"start\": 100, \"begin\": 100}", "begin", "twice");
        refused("csat/evaluate", "{\"definition\": \"median\", \"counts\": {}}", "definition", "unknown_choice");
        refused(
                "time_to_resolve/evaluate",
                "{\"cases\": [[\"2026-11-02T09:00:00Z\", \"2026-11-01T09:00:00Z\"]]}",
                "cases[0].solved",
                "before_creation");
        HttpResponse<String> empty =
                program.json("POST", "/api/v1/metrics/sla_attainment/evaluate", "{\"met\": 0, \"with_sla\": 0}");
        assertThat(json(empty).path("result").path("value").isNull()).isTrue();
        assertThat(json(empty).path("result").path("reason").path("code").asString())
                .isEqualTo("NO_PROMISES");
        assertThat(program.get("/api/v1/metrics/happiness").statusCode()).isEqualTo(404);
        assertThat(program.get("/api/v1/metrics/case_deflection?by=customer").statusCode())
                .isEqualTo(422);
        assertThat(program.get("/api/v1/metrics/sbg_model").statusCode()).isEqualTo(422);
        assertThat(program.get("/api/v1/metrics/backlog?from=2026-11-02&to=2026-11-01")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void everyMetricIsDescribedAndItsOwnExamplesCompute() {
        Visitor admin = people.signedIn("Grace Hopper", Role.ADMIN, true);
        JsonNode all = json(program.get("/api/v1/metrics")).path("metrics");
        assertThat(all.size()).isGreaterThan(50);
        for (JsonNode metric : all) {
            String id = metric.path("id").asString();
            assertThat(metric.path("question").asString()).as(id).isNotEmpty();
            assertThat(metric.path("formula").asString()).as(id).isNotEmpty();
            assertThat(metric.path("source").asString()).as(id).isNotEmpty();
            for (JsonNode form : metric.path("inputs")) {
                StringBuilder body = new StringBuilder(
                        "{\"definition\": \"" + form.path("definition").asString() + "\"");
                for (JsonNode input : form.path("inputs")) {
                    body.append(", \"")
                            .append(input.path("name").asString())
                            .append("\": ")
                            .append(input.path("example").asString());
                }
                HttpResponse<String> answer = program.json(
                        "POST",
                        "/api/v1/metrics/" + id + "/evaluate",
                        body.append('}').toString());
                assertThat(answer.statusCode()).as(id + body + answer.body()).isEqualTo(200);
                assertThat(json(answer).path("result").path("reason").isNull())
                        .as(id)
                        .isTrue();
            }
            assertThat(admin.get("/metrics/" + id).statusCode()).as(id).isEqualTo(200);
        }
    }

    private void refused(String path, String body, String field, String code) {
        HttpResponse<String> answer = program.json("POST", "/api/v1/metrics/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer).path("errors").path(0).path("field").asString()).isEqualTo(field);
        assertThat(json(answer).path("errors").path(0).path("code").asString()).isEqualTo(code);
    }

    private JsonNode total(String metric) {
        return read(metric, "").path("total");
    }

    private JsonNode read(String metric, String more) {
        HttpResponse<String> answer = program.get("/api/v1/metrics/" + metric + "?" + PERIOD + more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private UUID add(
            AccountId account,
            String priority,
            String opened,
            @org.jspecify.annotations.Nullable String answered,
            @org.jspecify.annotations.Nullable String solved) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, subject, opened_at, first_response_at,
                    resolved_at, priority, created_at, updated_at)
                values (:id, :id::text, :account, 'Export stops', cast(:opened as timestamptz),
                    cast(:answered as timestamptz), cast(:solved as timestamptz), :priority, now(), now())
                """)
                .param("id", id)
                .param("account", account.value())
                .param("opened", opened)
                .param("answered", answered)
                .param("solved", solved)
                .param("priority", priority)
                .update();
        return id;
    }

    private void say(UUID id, String kind, String at) {
        database.sql("""
                insert into cases.message (id, external_id, case_id, kind, at, body, created_at, updated_at)
                values (gen_random_uuid(), gen_random_uuid()::text, :case, :kind, cast(:at as timestamptz), 'Words', now(), now())
                """).param("case", id).param("kind", kind).param("at", at).update();
    }

    private void promise(
            UUID id,
            String due,
            @org.jspecify.annotations.Nullable String finished,
            @org.jspecify.annotations.Nullable String breached) {
        database.sql("""
                insert into cases.clock (case_id, kind, round, started_at, target_seconds, used_seconds, due_at, finished_at,
                    breached_at)
                values (:id, 'first-response', 1, cast(:due as timestamptz) - interval '4 hours', 14400, 3600,
                    cast(:due as timestamptz), cast(:finished as timestamptz), cast(:breached as timestamptz))
                """)
                .param("id", id)
                .param("due", due)
                .param("finished", finished)
                .param("breached", breached)
                .update();
    }
}
