package io.perennial.cases.clock;

import io.perennial.programs.Priority;
import io.perennial.programs.Targets;
import io.perennial.programs.hours.BusinessHours;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a case: first answer, next update, solution. A pure function of what happened and what was promised, so
 * other targets or another calendar are applied by asking again.
 *
 * <p>The clock of the first answer ends with the first word of a person to the customer. That of the next update runs from
 * each word of ours to the next; a time that we named counts instead of the target, around the clock. That of the solution
 * ends when the case is solved and goes on where it stood when it is reopened. All rest while it is not our turn.
 */
public final class CaseClocks {

    /** Share of the target after which a promise is at risk. */
    public static final double AT_RISK_FROM = 0.75;

    private final BusinessHours hours;
    private final Map<Priority, Targets> targets;
    private final List<Clocked> finished = new ArrayList<>();
    private Priority priority;
    private @Nullable StopWatch answer;
    private @Nullable StopWatch update;
    private @Nullable StopWatch solution;
    /** Of a case that is solved, until it is reopened. */
    private @Nullable StopWatch kept;

    private @Nullable Instant lastAnswer;
    private boolean answeredOnce;
    private boolean updatePromised;
    private boolean solved;
    private boolean paused;
    private int updates;

    private CaseClocks(BusinessHours hours, Map<Priority, Targets> targets, Priority priority) {
        this.hours = hours;
        this.targets = targets;
        this.priority = priority;
    }

    /**
     * @param hours of the coverage that was in force
     * @param priority at the beginning
     * @param steps in any order; what lies before the opening counts from the opening
     * @return first answer, updates in their order, solution; no entry where nothing was promised
     */
    public static List<Clocked> count(
            Instant opened,
            Priority priority,
            List<? extends Step> steps,
            Map<Priority, Targets> targets,
            BusinessHours hours) {
        CaseClocks clocks = new CaseClocks(hours, targets, priority);
        clocks.open(opened);
        steps.stream()
                .sorted(Comparator.comparing(Step::at))
                .forEach(step -> clocks.take(step, step.at().isBefore(opened) ? opened : step.at()));
        return clocks.all();
    }

    private void open(Instant at) {
        Targets now = targets();
        answer = watch(Clocked.Kind.FIRST_RESPONSE, 1, at, now.firstResponse());
        solution = watch(Clocked.Kind.RESOLUTION, 1, at, now.resolution());
    }

    private void take(Step step, Instant at) {
        switch (step) {
            case Step.Answered ignored -> answered(at);
            case Step.Promised promised -> promised(at, promised.until());
            case Step.Paused ignored -> pause(at);
            case Step.Running ignored -> run(at);
            case Step.Solved ignored -> solve(at);
            case Step.Reprioritised changed -> reprioritise(at, changed.priority());
        }
    }

    /** The same word told twice, by the record and by the message, is one word. */
    private void answered(Instant at) {
        if (at.equals(lastAnswer)) {
            return;
        }
        lastAnswer = at;
        endAnswer(at);
        endUpdate(at);
        if (!solved) {
            update = watch(Clocked.Kind.UPDATE, updates + 1, at, targets().update());
            updatePromised = false;
            rest(update, at);
        }
    }

    /** Said in the same breath as the answer: replaces the clock that the answer has just started. */
    private void promised(Instant at, Instant until) {
        if (solved || !until.isAfter(at)) {
            return;
        }
        if (update != null && update.brokenAt(at)) {
            endUpdate(at);
        }
        updatePromised = true;
        update = new StopWatch(
                Clocked.Kind.UPDATE, updates + 1, BusinessHours.always(hours.zone()), at, Duration.between(at, until));
    }

    private void endAnswer(Instant at) {
        answeredOnce = true;
        if (answer != null) {
            finished.add(answer.finish(at));
            answer = null;
        }
    }

    private void endUpdate(Instant at) {
        if (update != null) {
            finished.add(update.finish(at));
            update = null;
            updates++;
        }
    }

    private void pause(Instant at) {
        paused = true;
        for (StopWatch watch : resting()) {
            watch.pause(at);
        }
    }

    private void run(Instant at) {
        paused = false;
        solved = false;
        for (StopWatch watch : resting()) {
            watch.resume(at);
        }
        if (solution == null) {
            solution = resumed(at);
        }
    }

    /** A named time stands whoever's turn it is. */
    private List<StopWatch> resting() {
        List<StopWatch> watches = new ArrayList<>();
        if (answer != null) {
            watches.add(answer);
        }
        if (update != null && !updatePromised) {
            watches.add(update);
        }
        if (solution != null) {
            watches.add(solution);
        }
        return watches;
    }

    private void solve(Instant at) {
        solved = true;
        paused = false;
        endAnswer(at);
        endUpdate(at);
        if (solution != null) {
            solution.resume(at);
            finished.removeIf(clock -> clock.kind() == Clocked.Kind.RESOLUTION);
            finished.add(solution.finish(at));
            solution.pause(at);
            kept = solution;
            solution = null;
        }
    }

    /** The clock of the solution goes on where it stood, with what is promised now. */
    private @Nullable StopWatch resumed(Instant at) {
        Duration target = targets().resolution();
        if (kept == null) {
            return watch(Clocked.Kind.RESOLUTION, 1, at, target);
        }
        finished.removeIf(clock -> clock.kind() == Clocked.Kind.RESOLUTION);
        kept.resume(at);
        if (target != null) {
            kept.aim(at, target);
        }
        return kept;
    }

    private void reprioritise(Instant at, Priority changed) {
        priority = changed;
        Targets now = targets();
        answer = aim(answer, Clocked.Kind.FIRST_RESPONSE, 1, at, now.firstResponse(), !answeredOnce);
        if (!updatePromised) {
            update = aim(update, Clocked.Kind.UPDATE, updates + 1, at, now.update(), answeredOnce && !solved);
        }
        solution = aim(solution, Clocked.Kind.RESOLUTION, 1, at, now.resolution(), !solved);
    }

    /** A promise that the new priority does not know ends unless it is broken; one that only it knows begins. */
    private @Nullable StopWatch aim(
            @Nullable StopWatch watch,
            Clocked.Kind kind,
            int round,
            Instant at,
            @Nullable Duration target,
            boolean wanted) {
        if (watch == null) {
            StopWatch fresh = wanted ? watch(kind, round, at, target) : null;
            rest(fresh, at);
            return fresh;
        }
        if (target == null) {
            return watch.brokenAt(at) ? watch : null;
        }
        watch.aim(at, target);
        return watch;
    }

    private void rest(@Nullable StopWatch watch, Instant at) {
        if (watch != null && paused) {
            watch.pause(at);
        }
    }

    private @Nullable StopWatch watch(Clocked.Kind kind, int round, Instant at, @Nullable Duration target) {
        return target == null ? null : new StopWatch(kind, round, hours, at, target);
    }

    private Targets targets() {
        return targets.getOrDefault(priority, Targets.NONE);
    }

    private List<Clocked> all() {
        List<Clocked> all = new ArrayList<>(finished);
        for (StopWatch watch : new StopWatch[] {answer, update, solution}) {
            if (watch != null) {
                all.add(watch.asItStands());
            }
        }
        all.sort(Comparator.comparing(Clocked::kind).thenComparing(Clocked::round));
        return List.copyOf(all);
    }
}
