package io.perennial.health.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelTextTests {

    private static final String GOOD = """
            format: 1
            name: Small
            groups:
              - group: Use
                measures:
                  - measure: usage_trend
                    weight: 5
                    curve: [0 -> 0, 1 -> 100]
            """;

    @Test
    void keepsTheTextAsItWasWritten() throws ModelProblem {
        assertThat(HealthModel.parse("# ours\n" + GOOD).text()).isEqualTo("# ours\n" + GOOD);
    }

    @Test
    void readsAProfileThatChangesOnlyWhatItSays() throws ModelProblem {
        HealthModel model = HealthModel.parse(GOOD + """
                profiles:
                  - profile: Enterprise
                    segments: [Enterprise, Strategic]
                    changes:
                      - measure: usage_trend
                        weight: 7
                """);
        MeasureRule changed = model.rulesFor("strategic", null).getFirst();

        assertThat(changed.weight()).isEqualTo(7);
        assertThat(changed.curve()).isEqualTo(model.rules().getFirst().curve());
    }

    @Test
    void tellsEveryWrongLineAndWhatToWriteInstead() {
        List<ModelProblem.Line> lines = problems("""
                format: 1
                name: Wrong
                groups:
                  - group: Use
                    measures:
                      - measure: usage_trned
                        weight: heavy
                        curve: [0 -> 0, 1 -> 100]
                      - measure: nps
                        weight: 5
                        shape: up
                        curve: [0 -> 90, 10 -> 20]
                        halflife_days: 7
                      - measure: nps
                        weight: 5
                        curve: [0 -> 0, zero -> 100]
                """);

        assertThat(lines)
                .extracting(ModelProblem.Line::toString)
                .containsExactly(
                        "Line 6: There is no measure \"usage_trned\". Did you mean \"usage_trend\"?",
                        "Line 7: \"weight\" is a number from 0 to 1000, not \"heavy\".",
                        "Line 12: From 0 to 10 the score goes from 90 to 20, which does not fit the shape \"up\".",
                        "Line 13: \"halflife_days\" is not known here. Did you mean \"half_life_days\"?",
                        "Line 14: \"nps\" is already counted on line 9.",
                        "Line 16: \"zero -> 100\" is not of the form  value -> score, such as  0.8 -> 40.");
    }

    @Test
    void tellsWhatIsMissing() {
        assertThat(problems("format: 1\n"))
                .extracting(ModelProblem.Line::message)
                .containsExactly("\"name: ...\" is missing here.", "\"groups:\" is missing here.");
    }

    @Test
    void aModelInWhichNothingWeighsIsNoModel() {
        assertThat(problems(GOOD.replace("weight: 5", "weight: 0")))
                .singleElement()
                .extracting(ModelProblem.Line::message)
                .asString()
                .contains("No measure has a weight");
    }

    @Test
    void aModerationCurveHasOnePeak() throws ModelProblem {
        String peak = GOOD.replace(
                "curve: [0 -> 0, 1 -> 100]", "shape: moderation\n        curve: [0 -> 20, 5 -> 100, 9 -> 0]");
        HealthModel model = HealthModel.parse(peak);

        assertThat(model.rules().getFirst().curve().at(7)).isEqualTo(50);
        assertThat(problems(peak.replace("9 -> 0", "9 -> 0, 10 -> 30"))).hasSize(1);
    }

    @Test
    void refusesTypesReferencesAndTextsThatAreTooLargeOrTooDeep() {
        assertThat(problems("name: !!javax.script.ScriptEngineManager [a]")
                        .getFirst()
                        .message())
                .contains("not allowed");
        assertThat(problems("a: &x [1]\nb: *x").getFirst().message()).contains("not allowed");
        assertThat(problems("a: " + "[".repeat(500)).getFirst().message()).contains("not YAML");
        assertThat(problems("#".repeat(300_000)).getFirst().message()).contains("at most");
    }

    @Test
    void whatIsNoYamlIsToldWithItsLine() {
        assertThat(problems("format: 1\nname: 'open\n").getFirst().line()).isGreaterThan(1);
        assertThat(problems("just words")).hasSize(1);
        assertThat(problems("")).hasSize(1);
        assertThat(problems("format: 2\n" + GOOD.substring(10)).getFirst().message())
                .contains("reads format 1");
    }

    @Test
    void theSameKeyTwiceIsNotIgnoredInSilence() {
        assertThat(problems(GOOD.replace("weight: 5", "weight: 5\n        weight: 9")))
                .singleElement()
                .hasToString("Line 8: \"weight\" is here twice.");
    }

    @Test
    void aBrokenModelIsNeverUsed() {
        assertThatThrownBy(() -> HealthModel.parse("name: x")).isInstanceOf(ModelProblem.class);
    }

    private static List<ModelProblem.Line> problems(String text) {
        ModelProblem problem = catchThrowableOfType(
                ModelProblem.class, () -> HealthModel.parse(text, Set.of("usage_trend", "usage_drop", "nps")));
        return problem.lines();
    }
}
