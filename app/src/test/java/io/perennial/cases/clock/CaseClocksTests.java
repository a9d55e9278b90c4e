package io.perennial.cases.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.cases.clock.Clocked.Kind;
import io.perennial.cases.clock.Clocked.Standing;
import io.perennial.programs.Priority;
import io.perennial.programs.Targets;
import io.perennial.programs.hours.BusinessHours;
import io.perennial.programs.hours.BusinessHours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaseClocksTests {

    private static final Map<Priority, Targets> TARGETS = Map.of(
            Priority.URGENT, new Targets(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(8)),
            Priority.MEDIUM, new Targets(Duration.ofHours(4), Duration.ofHours(8), Duration.ofHours(16)));

    /** A Monday. */
    private static final Instant OPENED = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void anAnswerAtTheDueInstantIsInTimeAndASecondLaterIsNot() {
        Instant due = Instant.parse("2026-11-23T13:00:00Z");

        assertThat(one(Kind.FIRST_RESPONSE, new Step.Answered(due)).standing(due))
                .isEqualTo(Standing.MET);
        Clocked late = one(Kind.FIRST_RESPONSE, new Step.Answered(due.plusSeconds(1)));
        assertThat(late.standing(due)).isEqualTo(Standing.MISSED);
        assertThat(late.breachedAt()).isEqualTo(due);
    }

    @Test
    void aPromiseIsAtRiskBeforeItIsBroken() {
        Clocked clock = one(Kind.FIRST_RESPONSE);

        assertThat(clock.riskAt()).isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
        assertThat(clock.standing(OPENED.plusSeconds(60))).isEqualTo(Standing.RUNNING);
        assertThat(clock.standing(Instant.parse("2026-11-23T12:00:00Z"))).isEqualTo(Standing.AT_RISK);
        assertThat(clock.standing(Instant.parse("2026-11-23T13:00:01Z"))).isEqualTo(Standing.BREACHED);
    }

    @Test
    void whileTheCustomerIsAskedTheSolutionRests() {
        Clocked waiting = one(Kind.RESOLUTION, new Step.Paused(at("2026-11-23T11:00:00Z")));
        assertThat(waiting.standing(at("2027-01-01T00:00:00Z"))).isEqualTo(Standing.PAUSED);
        assertThat(waiting.used()).isEqualTo(Duration.ofHours(2));
        assertThat(waiting.dueAt()).isNull();

        Clocked again = one(
                Kind.RESOLUTION,
                new Step.Paused(at("2026-11-23T11:00:00Z")),
                new Step.Running(at("2026-11-25T09:00:00Z")));
        assertThat(again.dueAt()).isEqualTo(at("2026-11-26T15:00:00Z"));
    }

    @Test
    void aReopenedCaseGoesOnWhereItsClockStood() {
        Step solved = new Step.Solved(at("2026-11-23T15:00:00Z"));
        assertThat(one(Kind.RESOLUTION, solved).standing(OPENED)).isEqualTo(Standing.MET);

        Clocked reopened = one(Kind.RESOLUTION, solved, new Step.Running(at("2026-11-30T09:00:00Z")));
        assertThat(reopened.isOpen()).isTrue();
        assertThat(reopened.dueAt()).isEqualTo(at("2026-12-01T11:00:00Z"));
    }

    @Test
    void aMoreUrgentPriorityShortensWhatIsLeft() {
        Step urgent = new Step.Reprioritised(at("2026-11-23T09:30:00Z"), Priority.URGENT);
        assertThat(one(Kind.FIRST_RESPONSE, urgent).dueAt()).isEqualTo(at("2026-11-23T10:00:00Z"));

        Step late = new Step.Reprioritised(at("2026-11-23T11:00:00Z"), Priority.URGENT);
        assertThat(one(Kind.FIRST_RESPONSE, late).breachedAt()).isEqualTo(at("2026-11-23T11:00:00Z"));
    }

    @Test
    void whatWasBrokenStaysBrokenWhenThePriorityFalls() {
        List<Clocked> clocks = CaseClocks.count(
                OPENED,
                Priority.URGENT,
                List.of(
                        new Step.Reprioritised(at("2026-11-23T10:30:00Z"), Priority.MEDIUM),
                        new Step.Answered(at("2026-11-23T10:40:00Z"))),
                TARGETS,
                weekdays());

        assertThat(clocks.getFirst().standing(OPENED)).isEqualTo(Standing.MISSED);
        assertThat(clocks.getFirst().target()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void eachWordOfOursStartsTheClockOfTheNext() {
        List<Clocked> clocks =
                count(new Step.Answered(at("2026-11-23T10:00:00Z")), new Step.Answered(at("2026-11-24T12:00:00Z")));

        List<Clocked> updates =
                clocks.stream().filter(clock -> clock.kind() == Kind.UPDATE).toList();
        assertThat(updates).extracting(Clocked::round).containsExactly(1, 2);
        assertThat(updates.getFirst().standing(OPENED)).isEqualTo(Standing.MISSED);
        assertThat(updates.getFirst().breachedAt()).isEqualTo(at("2026-11-24T10:00:00Z"));
        assertThat(updates.getLast().dueAt()).isEqualTo(at("2026-11-25T12:00:00Z"));
    }

    @Test
    void aTimeThatWeNamedCountsInsteadOfTheTarget() {
        Instant said = at("2026-11-23T10:00:00Z");
        Instant named = at("2026-11-23T20:00:00Z");

        Clocked update = one(Kind.UPDATE, new Step.Answered(said), new Step.Promised(said, named));

        assertThat(update.dueAt()).isEqualTo(named);
    }

    @Test
    void whereNothingIsPromisedNothingRuns() {
        assertThat(CaseClocks.count(OPENED, Priority.LOW, List.of(), TARGETS, weekdays()))
                .isEmpty();
    }

    /** For any calendar, zone, change of the clocks and pauses: time counts while it is our turn, and only then. */
    @Test
    void workingTimeAddsUpOverRandomCalendarsZonesAndPauses() {
        Random dice = new Random(20_261_122);
        List<String> zones = List.of(
                "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "UTC");
        for (int round = 0; round < 1_500; round++) {
            BusinessHours hours = calendar(ZoneId.of(zones.get(dice.nextInt(zones.size()))), dice);
            // Half of the cases lie around the changes of March and October.
            Instant opened = Instant.parse(dice.nextBoolean() ? "2026-03-05T00:00:00Z" : "2026-10-20T00:00:00Z")
                    .plusSeconds(dice.nextInt(20 * 86_400));
            Duration target = Duration.ofMinutes(1 + dice.nextInt(6_000));
            List<Step> steps = new ArrayList<>();
            Duration expected = Duration.ZERO;
            Instant at = opened;
            boolean running = true;
            for (int turn = dice.nextInt(6); turn > 0; turn--) {
                Instant next = at.plusSeconds(dice.nextInt(3 * 86_400));
                if (running) {
                    expected = expected.plus(hours.worked(at, next));
                }
                running = !running;
                steps.add(running ? new Step.Running(next) : new Step.Paused(next));
                at = next;
            }
            Instant end = at.plusSeconds(dice.nextInt(3 * 86_400));
            Duration whole = running ? expected.plus(hours.worked(at, end)) : expected;
            Map<Priority, Targets> targets = Map.of(Priority.HIGH, new Targets(null, null, target));

            Clocked open = CaseClocks.count(opened, Priority.HIGH, shuffled(steps, dice), targets, hours)
                    .getFirst();
            Instant due = open.dueAt();
            if (running && open.breachedAt() == null && due != null) {
                assertThat(expected.plus(hours.worked(at, due))).isEqualTo(target);
            }
            Instant risk = open.riskAt();
            if (risk != null && due != null && target.compareTo(Duration.ofMinutes(2)) > 0) {
                assertThat(risk).isBefore(due);
            }
            steps.add(new Step.Solved(end));
            Clocked solved = CaseClocks.count(opened, Priority.HIGH, steps, targets, hours)
                    .getFirst();
            assertThat(solved.used()).isEqualTo(whole);
            assertThat(solved.standing(end) == Standing.MISSED).isEqualTo(whole.compareTo(target) > 0);
        }
    }

    private static List<Step> shuffled(List<Step> steps, Random dice) {
        List<Step> copy = new ArrayList<>(steps);
        boolean ties = steps.stream().map(Step::at).distinct().count() < steps.size();
        if (!ties) {
            Collections.shuffle(copy, dice);
        }
        return copy;
    }

    private static BusinessHours calendar(ZoneId zone, Random dice) {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        week.put(DayOfWeek.MONDAY, List.of(new Span(0, 600)));
        for (DayOfWeek day : DayOfWeek.values()) {
            if (dice.nextInt(4) > 0) {
                int opens = dice.nextInt(700);
                int closes = opens + 1 + dice.nextInt(300);
                week.put(
                        day,
                        dice.nextBoolean()
                                ? List.of(new Span(opens, closes))
                                : List.of(new Span(opens, closes), new Span(closes, 1_440)));
            }
        }
        Set<LocalDate> holidays = new HashSet<>();
        for (int i = dice.nextInt(4); i > 0; i--) {
            holidays.add(LocalDate.of(2026, 3 + dice.nextInt(9), 1 + dice.nextInt(28)));
        }
        return new BusinessHours(zone, week, holidays);
    }

    private static Clocked one(Kind kind, Step... steps) {
        return count(steps).stream()
                .filter(clock -> clock.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static List<Clocked> count(Step... steps) {
        return CaseClocks.count(OPENED, Priority.MEDIUM, List.of(steps), TARGETS, weekdays());
    }

    static BusinessHours weekdays() {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getValue() <= 5) {
                week.put(day, List.of(new Span(9 * 60, 17 * 60)));
            }
        }
        return new BusinessHours(ZoneOffset.UTC, week, Set.of());
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
