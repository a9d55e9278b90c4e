package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.world.Visitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks metrics of service sales for each of their cuts and definitions: parts add up to the whole as it is read alone. */
final class SalesCuts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SalesCuts() {}

    static void everyMetricIsCutByEverythingItNames(Visitor program, String period) {
        JsonNode all = JSON.readTree(program.get("/api/v1/metrics").body()).path("metrics");
        int asked = 0;
        for (JsonNode metric : all) {
            String id = metric.path("id").asString();
            boolean ours = id.startsWith("service_")
                    || id.startsWith("upsell")
                    || id.equals("attach_rate")
                    || id.equals("upgrade_rate")
                    || id.equals("forced_attach_rate")
                    || id.equals("customers_under_service")
                    || id.equals("expansion_acceptance_rate")
                    || id.equals("opportunity_win_rate");
            if (!ours) {
                continue;
            }
            for (JsonNode cut : metric.path("cuts")) {
                for (JsonNode definition : metric.path("readable")) {
                    String address = "/api/v1/metrics/" + id + "?" + period + "&by=" + cut.asString() + "&definition="
                            + definition.asString();
                    JsonNode answer = JSON.readTree(program.get(address).body());
                    JsonNode alone = JSON.readTree(program.get(address.replace("by=" + cut.asString() + "&", ""))
                            .body());
                    assertThat(answer.path("total").path("value"))
                            .as(address)
                            .isEqualTo(alone.path("total").path("value"));
                    assertThat(answer.path("total").isObject()).as(address).isTrue();
                    if (!cut.asString().equals("month")) {
                        double sum = 0;
                        for (JsonNode group : answer.path("groups")) {
                            sum += group.path("result").path("denominator").asDouble(0);
                        }
                        assertThat(sum)
                                .as(address)
                                .isCloseTo(
                                        alone.path("total").path("denominator").asDouble(0), within(1e-6));
                    }
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(100);
    }
}
