package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Anybody can check us: every metric says what it is, has a page, and is computed from numbers. */
@PerennialTest
class EveryMetricTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the five areas, the three critical metrics and their samples are made of, beside revenue and retention. */
    private static final Set<String> PROMISED = Set.of(
            "defect_rate",
            "defect_handling_cost",
            "defect_effect",
            "health_score",
            "customer_mood",
            "customers_at_risk",
            "risk_of_leaving",
            "risk_of_reducing",
            "revenue_at_risk",
            "customers_under_service",
            "attach_rate",
            "upgrade_rate",
            "upsell_rate",
            "win_back_rate",
            "engaged_rate",
            "engagement_frequency",
            "engagement_sentiment",
            "correlation",
            "capacity",
            "cost_to_deliver",
            "service_revenue",
            "indirect_revenue",
            "service_margin",
            "incremental_return",
            "roi",
            "cost_per_case",
            "licence_adoption",
            "advanced_users",
            "feature_adoption",
            "stickiness",
            "time_to_first_value",
            "onboarding_completion",
            "success_plan_realisation",
            "success_plan_rate",
            "success_perception",
            "churn_by_reason",
            "save_rate",
            "exit_survey_response",
            "nps",
            "nps_ci",
            "csat",
            "ces",
            "proportion_ci",
            "proportion_difference_ci");

    @Autowired
    People people;

    @Test
    void everyMetricSaysWhatItIsAndIsComputedFromItsOwnExamples() {
        Visitor program = people.program("read");
        Visitor leader = people.leader();
        SoftAssertions softly = new SoftAssertions();
        Set<String> missing = new TreeSet<>(PROMISED);
        for (JsonNode metric :
                JSON.readTree(program.get("/api/v1/metrics").body()).path("metrics")) {
            String id = metric.path("id").asString();
            missing.remove(id);
            for (String said :
                    new String[] {"name", "question", "formula", "unit", "source", "sampleRule", "excluded"}) {
                softly.assertThat(metric.path(said).asString(""))
                        .as("%s of %s", said, id)
                        .isNotBlank();
            }
            softly.assertThat(metric.path("inputs").size())
                    .as("ways to hand numbers over of " + id)
                    .isPositive();
            for (JsonNode form : metric.path("inputs")) {
                HttpResponse<String> answer = program.json(
                        "POST",
                        "/api/v1/metrics/" + id + "/evaluate",
                        body(form).toString());
                softly.assertThat(answer.statusCode())
                        .as("%s %s: %s", id, form.path("definition"), answer.body())
                        .isEqualTo(200);
            }
            HttpResponse<String> page = leader.get("/metrics/" + id);
            softly.assertThat(page.statusCode()).as(id).isEqualTo(200);
            softly.assertThat(page.body().contains("Check it with your own numbers"))
                    .as("a calculator for " + id)
                    .isTrue();
        }
        softly.assertAll();
        assertThat(missing).isEmpty();
    }

    /** Nothing is known yet: every figure that facts answer has its reason, and none is zero. */
    @Test
    void ofAnEmptyCompanyNoRateHasAValue() {
        Visitor program = people.program("read");
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode metric :
                JSON.readTree(program.get("/api/v1/metrics").body()).path("metrics")) {
            for (JsonNode definition : metric.path("readable")) {
                String id = metric.path("id").asString();
                HttpResponse<String> answer = program.get(
                        "/api/v1/metrics/" + id + "?from=2026-08-01&to=2026-11-01&definition=" + definition.asString());
                softly.assertThat(answer.statusCode())
                        .as("%s %s: %s", id, definition, answer.body())
                        .isEqualTo(200);
                JsonNode total = JSON.readTree(answer.body()).path("total");
                boolean share = metric.path("unit").asString().equals("percent");
                softly.assertThat(!share
                                || total.path("reason")
                                                .path("words")
                                                .asString("")
                                                .length()
                                        > 10)
                        .as("%s %s: %s", id, definition, total)
                        .isTrue();
            }
        }
        softly.assertAll();
    }

    private static ObjectNode body(JsonNode form) {
        ObjectNode body = JSON.createObjectNode();
        body.put("definition", form.path("definition").asString());
        form.path("inputs").forEach(input -> {
            if (input.path("required").asBoolean()) {
                body.set(
                        input.path("name").asString(),
                        JSON.readTree(input.path("example").asString()));
            }
        });
        return body;
    }
}
