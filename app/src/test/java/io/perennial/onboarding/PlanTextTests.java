package io.perennial.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.metrics.formula.KaplanMeier;
import io.perennial.onboarding.Course.Fact;
import io.perennial.onboarding.Course.Given;
import io.perennial.shared.Wait;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Templates as people write them, where an onboarding stands, and how long it takes. */
class PlanTextTests {

    private static final LocalDate START = LocalDate.parse("2026-09-01");

    @Test
    void theShippedTemplateReadsAndWritesAsTheSamePlan() {
        Plan plan = PlanText.parse(Templates.shipped());
        assertThat(plan.milestones()).hasSize(6);
        assertThat(plan.expected()).isEqualTo(5 + 10 + 21 + 14);
        assertThat(PlanText.parse(PlanText.write(plan))).isEqualTo(plan);
    }

    @Test
    void everythingThatIsWrongIsSaidWithItsLine() {
        assertThatThrownBy(() -> PlanText.parse("""
                Onboarding: Start
                Starts for: everybody
                First value: Nowhere
                Colour: blue

                # One
                Within: soon
                After: Two
                Done when: they are happy

                # Two
                After: One, Three

                # two
                """))
                .isInstanceOfSatisfying(
                        PlanProblem.class,
                        problem -> assertThat(problem.problems())
                                .anyMatch(one -> one.startsWith("Line 2: it starts for"))
                                .anyMatch(one -> one.startsWith("Line 3: there is no milestone Nowhere"))
                                .anyMatch(one -> one.startsWith("Line 4: begin it with one of"))
                                .anyMatch(one -> one.startsWith("Line 7: Within is a number of days"))
                                .anyMatch(one -> one.startsWith("Line 8: One would wait for itself"))
                                .anyMatch(one -> one.startsWith("Line 9: Done when is one of"))
                                .anyMatch(one -> one.startsWith("Line 12: there is no milestone Three"))
                                .anyMatch(one -> one.startsWith("Line 14: there is another milestone")));
        assertThatThrownBy(() -> PlanText.parse("")).isInstanceOf(PlanProblem.class);
        assertThatThrownBy(() -> PlanText.parse("x".repeat(30_000))).isInstanceOf(PlanProblem.class);
        assertThatThrownBy(() -> PlanText.parse("Onboarding: A\u0000b\n# One")).isInstanceOf(PlanProblem.class);
    }

    /** Facts in any order, looked at once or often, lead to the same place. */
    @Test
    void whereItStandsDependsOnTheFactsAlone() {
        Random dice = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<Milestone> milestones = new ArrayList<>();
            int size = 1 + dice.nextInt(7);
            Map<UUID, Fact> done = new HashMap<>();
            for (int i = 0; i < size; i++) {
                List<String> after = IntStream.range(0, i)
                        .filter(one -> dice.nextInt(3) == 0)
                        .mapToObj(one -> "m" + one)
                        .toList();
                Milestone one = milestone(i, after);
                milestones.add(one);
                if (dice.nextBoolean()) {
                    LocalDate on = START.plusDays(dice.nextInt(60) - 5);
                    done.put(one.id(), new Fact(on, 1, on, on, "seen"));
                }
            }
            Given given = new Given(START, START, true, Map.of(), done, Map.of());
            Course once = Course.of(milestones, given);
            List<Milestone> shuffled = new ArrayList<>(milestones);
            Collections.shuffle(shuffled, dice);
            assertThat(Course.of(shuffled, given)).isEqualTo(once);
            assertThat(Course.of(once.milestones(), given)).isEqualTo(once);
            Map<UUID, Fact> some = new HashMap<>(done);
            some.keySet().removeIf(id -> dice.nextBoolean());
            Course halfway = Course.of(milestones, new Given(START, START, true, Map.of(), some, Map.of()));
            Course then = Course.of(halfway.milestones(), given);
            assertThat(then.reached()).isEqualTo(once.reached());
            assertThat(then.finishedOn()).isEqualTo(once.finishedOn());
        }
    }

    @Test
    void whoStillWaitsIsNotDroppedFromTheTimeToFirstValue() {
        Random dice = new Random(11);
        List<Wait> waits = IntStream.range(0, 80)
                .mapToObj(one -> new Wait(5 + dice.nextInt(90), dice.nextInt(4) > 0))
                .toList();
        List<KaplanMeier.Step> steps = waits.stream()
                .mapToDouble(Wait::days)
                .sorted()
                .distinct()
                .mapToObj(time -> new KaplanMeier.Step(
                        time,
                        waits.stream().filter(one -> one.days() >= time).count(),
                        waits.stream()
                                .filter(one -> one.days() == time && one.reached())
                                .count()))
                .toList();
        FirstValue value = FirstValue.of(waits);
        assertThat(value.median())
                .isEqualTo((int) KaplanMeier.of(steps).median().orElseThrow());
        assertThat(value.plainMedian()).isLessThan(value.median());
        assertThat(value.low()).isLessThanOrEqualTo(value.median());
        assertThat(value.high()).isGreaterThanOrEqualTo(value.median());
        // Six people, of whom three made it: nobody can say yet when half have it.
        assertThat(FirstValue.of(List.of(new Wait(3, true), new Wait(10, false), new Wait(10, false)))
                        .median())
                .isNull();
        assertThat(FirstValue.of(List.of()).n()).isZero();
    }

    private static Milestone milestone(int position, List<String> after) {
        return new Milestone(
                new UUID(1, position),
                new UUID(2, 2),
                position,
                "m" + position,
                "csm",
                "champion",
                7,
                after,
                null,
                new Condition(Condition.Kind.TOLD, null, 1),
                "",
                false,
                null,
                null,
                null,
                0,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                false);
    }
}
