package io.perennial.health.model;

import static io.perennial.health.model.Accounts.STANDARD;
import static io.perennial.health.model.Accounts.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** H15: the explanation is the score. */
class ExplanationTests {

    private static final int MANY = 5_000;

    private final Accounts accounts = new Accounts(15);
    private final Norms norms = accounts.norms();

    @Test
    void contributionsSumToTheScoreToTheLastCent() {
        for (int i = 0; i < MANY; i++) {
            Score score = score(accounts.any());
            long sum = score.parts().stream()
                    .mapToLong(part -> cents(part.contribution()))
                    .sum();

            assertThat(sum).isEqualTo(cents(score.value()) - cents(score.norm()));
        }
    }

    @Test
    void everyContributionIsItsFormulaWithinACent() {
        for (int i = 0; i < MANY; i++) {
            Score score = score(accounts.any());
            double weights = score.weightSum();
            for (Part part : score.parts()) {
                assertThat(part.contribution())
                        .isEqualTo(part.weight() * (part.counted() - part.norm()) / weights, within(0.0101));
            }
        }
    }

    @Test
    void onePointOfWeightMovesTheScoreAsPrinted() throws ModelProblem {
        for (int i = 0; i < 500; i++) {
            AccountReadings account = accounts.any();
            Score before = score(account);
            for (MeasureRule rule : STANDARD.rulesFor(account.segment(), account.stage())) {
                Part part = before.part(rule.measure()).orElseThrow();
                if (part.counts()) {
                    Score after = Scoring.score(heavier(rule.measure()), norms, account, TODAY);
                    assertThat(after.value() - before.value())
                            .isEqualTo(before.movedByOnePointOf(part), within(0.0101));
                }
            }
        }
    }

    @Test
    void theChangeBetweenTwoScoresIsSplitExactly() {
        for (int i = 0; i < MANY; i++) {
            Explanation.Change change = Explanation.change(score(accounts.any()), score(accounts.any()));
            long shifts = change.shifts().stream()
                    .mapToLong(shift -> cents(shift.points()))
                    .sum();

            assertThat(shifts + cents(change.norm())).isEqualTo(cents(change.total()));
        }
    }

    @Test
    void theReasonsShownAreTheStrongestThreeDownAndTwoUp() {
        Score score = score(accounts.any());
        List<Double> all =
                score.parts().stream().map(Part::contribution).sorted().toList();

        assertThat(Explanation.topDown(score))
                .extracting(Part::contribution)
                .containsExactlyElementsOf(all.subList(0, 3));
        assertThat(Explanation.topUp(score))
                .extracting(Part::contribution)
                .containsExactly(all.getLast(), all.get(all.size() - 2));
    }

    private Score score(AccountReadings account) {
        return Scoring.score(STANDARD, norms, account, TODAY);
    }

    private static HealthModel heavier(String measure) {
        List<Profile> profiles = STANDARD.profiles().stream()
                .map(profile -> new Profile(profile.name(), profile.match(), heavier(profile.rules(), measure)))
                .toList();
        return new HealthModel(
                STANDARD.name(),
                STANDARD.description(),
                STANDARD.match(),
                STANDARD.bands(),
                heavier(STANDARD.rules(), measure),
                profiles,
                STANDARD.text());
    }

    private static List<MeasureRule> heavier(List<MeasureRule> rules, String measure) {
        List<MeasureRule> changed = new ArrayList<>();
        for (MeasureRule rule : rules) {
            changed.add(
                    !rule.measure().equals(measure)
                            ? rule
                            : new MeasureRule(
                                    measure,
                                    rule.group(),
                                    rule.weight() + 1,
                                    rule.curve(),
                                    rule.halfLifeDays(),
                                    rule.expiresAfterDays(),
                                    rule.remedy()));
        }
        return changed;
    }

    private static long cents(double points) {
        return Math.round(points * 100);
    }
}
