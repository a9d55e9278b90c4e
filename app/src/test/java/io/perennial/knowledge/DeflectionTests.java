package io.perennial.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.world.SharedData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeflectionTests {

    @Test
    void withoutVisitsThereIsNoValueRatherThanZero() {
        assertThat(Deflection.observed(0, 0)).isEmpty();
        assertThat(Deflection.resolvedShare(0, 0)).isEmpty();
        assertThat(Deflection.selfServiceScore(12, 0)).isEmpty();
    }

    @Test
    void threeOfFourVisitorsWhoNeededNoCaseAreThreeQuarters() {
        assertThat(Deflection.observed(4, 3)).hasValue(0.75);
        assertThat(Deflection.resolvedShare(30, 10)).hasValue(0.75);
        assertThat(Deflection.selfServiceScore(4_000, 100)).hasValue(40);
    }

    @Test
    void moreVisitsWithoutCaseThanVisitsIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> Deflection.observed(3, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void preventedCasesMayBeNegative() {
        assertThat(Deflection.prevented(new BigDecimal("0.10"), 1_000, 120)).isEqualByComparingTo("-20");
    }

    @Test
    void thePublishedExampleOfSavingsComesOut() throws IOException {
        JsonNode all =
                JsonMapper.builder().build().readTree(Files.readString(SharedData.beside("golden/metrics.json")));
        int found = 0;
        for (JsonNode example : all) {
            if (example.get("metric").asString().equals("case_deflection")) {
                JsonNode inputs = example.get("inputs");
                assertThat(Deflection.savings(
                                        inputs.get("prevented").decimalValue(),
                                        inputs.get("cost_per_ticket").decimalValue())
                                .doubleValue())
                        .isCloseTo(
                                example.get("expected").asDouble(),
                                org.assertj.core.api.Assertions.within(
                                        example.get("tolerance").asDouble()));
                found++;
            }
        }
        assertThat(found).isPositive();
    }
}
