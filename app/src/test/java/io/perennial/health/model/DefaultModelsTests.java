package io.perennial.health.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultModelsTests {

    private static final Set<String> MEASURES = Set.of(
            "usage_trend",
            "usage_usual",
            "usage_drop",
            "days_since_use",
            "active_share",
            "breadth",
            "depth",
            "use_per_seat",
            "licences_unused",
            "stickiness",
            "days_to_renewal",
            "shrinking",
            "auto_renew",
            "tenure_days",
            "entitlement_unused",
            "goal_features_drop",
            "milestone_overdue",
            "request_load",
            "requests_high_p",
            "requests_low_p",
            "reopened_28",
            "slow_first_response",
            "open_urgent",
            "oldest_open_days",
            "case_satisfaction",
            "breached_28",
            "upset_28",
            "repeated_28",
            "low_answer_28",
            "defect_load",
            "nps",
            "csat",
            "detractor",
            "days_since_conversation",
            "conversations_90",
            "decision_maker_known",
            "contacts_left_90",
            "renewal_contact_confirmed");

    private final HealthModel standard = DefaultModels.standard();

    @Test
    void countsExactlyTheMeasuresThatExist() throws ModelProblem {
        HealthModel checked = HealthModel.parse(standard.text(), MEASURES);

        assertThat(checked.rules()).extracting(MeasureRule::measure).containsExactlyInAnyOrderElementsOf(MEASURES);
    }

    @Test
    void weightsSumToOneHundredInEveryProfile() {
        assertThat(weights(standard.rules())).isEqualTo(100, within(1e-9));
        assertThat(standard.profiles())
                .hasSize(3)
                .allSatisfy(profile ->
                        assertThat(weights(profile.rules())).as(profile.name()).isEqualTo(100, within(1e-9)));
    }

    @Test
    void everyMeasureThatWeighsNamesARemedy() {
        assertThat(standard.rules()).filteredOn(rule -> rule.weight() > 0).noneMatch(rule -> rule.remedy() == null);
    }

    @Test
    void whatACustomerDoesWeighsMoreThanWhatItSaysInSurveys() {
        assertThat(standard.weightOf("Use")).isGreaterThan(5 * standard.weightOf("Voice"));
    }

    @Test
    void theFirstMatchingProfileIsUsedAndTheModelsOwnMeasuresOtherwise() {
        assertThat(standard.profileFor("Enterprise", "onboarding").map(Profile::name))
                .contains("Onboarding");
        assertThat(standard.profileFor("ENTERPRISE", null).map(Profile::name)).contains("Enterprise");
        assertThat(standard.profileFor("Mid-market", "live")).isEmpty();
    }

    private static double weights(List<MeasureRule> rules) {
        return rules.stream().mapToDouble(MeasureRule::weight).sum();
    }
}
