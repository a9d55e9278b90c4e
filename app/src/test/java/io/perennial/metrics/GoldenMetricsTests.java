package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.SharedData;
import io.perennial.world.Visitor;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Worked examples of public sources, sent to the product as anybody could send them. */
@PerennialTest
class GoldenMetricsTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** What is told in prose, which no program can send: {@link OracleRevenueTests} brings the contracts that it tells of. */
    private static final Set<String> PROSE =
            Set.of("cm-sync-expansion", "cm-sync-contraction", "cm-sync-churn", "cm-sync-reactivation");

    @Autowired
    People people;

    @Test
    void everyExampleThatIsANumberComesOut() throws IOException {
        Visitor program = people.program("read");
        SoftAssertions softly = new SoftAssertions();
        List<String> waiting = new ArrayList<>();
        Set<String> passed = new TreeSet<>();
        for (JsonNode row : JSON.readTree(Files.readString(SharedData.beside("golden/metrics.json")))) {
            String id = row.path("id").asString();
            if (row.path("inputs").has("dataset") || PROSE.contains(id)) {
                waiting.add(id);
                continue;
            }
            ObjectNode inputs = spoken((ObjectNode) row.path("inputs"));
            HttpResponse<String> answer = program.json(
                    "POST", "/api/v1/metrics/" + row.path("metric").asString() + "/evaluate", inputs.toString());
            softly.assertThat(answer.statusCode())
                    .as("%s: %s", id, answer.body())
                    .isEqualTo(200);
            if (answer.statusCode() == 200) {
                passed.add(id);
                compare(id, row, JSON.readTree(answer.body()).path("result"), softly);
            }
        }
        softly.assertAll();
        // The others need contracts: OracleRevenueTests reads them.
        assertThat(passed).hasSize(95);
        assertThat(waiting).hasSize(35);
    }

    /** Months and policies that the example names in words, as the API takes them. */
    private static ObjectNode spoken(ObjectNode inputs) {
        if ("Feb".equals(inputs.path("period").asString(""))) {
            inputs.remove("period");
            inputs.put("from", "2020-02-01");
            inputs.put("until", "2020-03-01");
            if (inputs.remove("policy") != null) {
                inputs.put("definition", "credited_when_closed");
            }
        }
        return inputs;
    }

    private static void compare(String id, JsonNode row, JsonNode result, SoftAssertions softly) {
        JsonNode expected = row.path("expected");
        BigDecimal tolerance = row.path("tolerance").decimalValue();
        if (expected.isNumber()) {
            close(id, result.path("value"), expected, tolerance, softly);
        } else if (expected.isString()) {
            softly.assertThat(result.path("text").asString("")).as(id).isEqualTo(expected.asString());
        } else if (expected.isArray()) {
            close(id + " from", result.path("interval").path("from"), expected.get(0), tolerance, softly);
            close(id + " to", result.path("interval").path("to"), expected.get(1), tolerance, softly);
        } else {
            expected.forEachEntry((name, value) ->
                    close(id + " " + name, result.path("figures").path(name), value, tolerance, softly));
        }
    }

    private static void close(String id, JsonNode is, JsonNode expected, BigDecimal tolerance, SoftAssertions softly) {
        softly.assertThat(is.isNumber()).as("%s: %s", id, is).isTrue();
        if (is.isNumber()) {
            softly.assertThat(
                            is.decimalValue().subtract(expected.decimalValue()).abs())
                    .as("%s is %s, not %s", id, is, expected)
                    .isLessThanOrEqualTo(tolerance);
        }
    }
}
