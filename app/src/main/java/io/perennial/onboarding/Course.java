package io.perennial.onboarding;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an onboarding stands, given its milestones and the facts. A pure function: the same facts give the same answer however
 * often they are looked at, and in whatever order they came.
 *
 * @param milestones as they should be, by position
 * @param next the one whose day is nearest, among those that are open
 */
record Course(
        List<Milestone> milestones,
        int reached,
        @Nullable Milestone next,
        @Nullable LocalDate finishedOn,
        @Nullable LocalDate firstValueOn) {

    /**
     * What the facts say about one condition.
     *
     * @param on the day on which it came true; null while it is not
     * @param have how many of those it needs
     * @param firstOn first step @param lastOn last step, null when there is none
     */
    record Fact(
            @Nullable LocalDate on,
            int have,
            @Nullable LocalDate firstOn,
            @Nullable LocalDate lastOn,
            String evidence) {

        static final Fact NONE = new Fact(null, 0, null, null, "");
    }

    /**
     * Usual days of a milestone.
     *
     * @param median on track until then @param most overdue afterwards
     */
    record Norm(int median, int most) {}

    /** @param ticks whether facts tick, rather than propose @param norms by name in lower case, where enough is known */
    record Given(
            LocalDate startedOn,
            LocalDate beginsOn,
            boolean ticks,
            Map<java.util.UUID, Fact> begins,
            Map<java.util.UUID, Fact> done,
            Map<String, Norm> norms) {}

    static Course of(List<Milestone> before, Given given) {
        Map<String, Milestone> now = new HashMap<>();
        List<Milestone> ordered = before.stream()
                .sorted(Comparator.comparingInt(Milestone::position).thenComparing(Milestone::name))
                .toList();
        ordered.forEach(one -> now.put(key(one.name()), ticked(one, given)));
        // As many rounds as there are milestones: each may wait for one that comes later in the list.
        for (int round = 0; round < ordered.size(); round++) {
            boolean moved = false;
            for (Milestone one : ordered) {
                Milestone was = Objects.requireNonNull(now.get(key(one.name())));
                Milestone is = opened(was, now, given);
                if (!is.equals(was)) {
                    now.put(key(one.name()), is);
                    moved = true;
                }
            }
            if (!moved) {
                break;
            }
        }
        List<Milestone> after = new ArrayList<>();
        ordered.forEach(one -> after.add(Objects.requireNonNull(now.get(key(one.name())))));
        return summed(after);
    }

    private static Course summed(List<Milestone> milestones) {
        int reached = (int) milestones.stream().filter(Milestone::isReached).count();
        LocalDate last = milestones.stream()
                .map(Milestone::reachedOn)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Course(
                milestones,
                reached,
                milestones.stream()
                        .filter(Milestone::isOpen)
                        .min(Comparator.comparing(
                                        Milestone::dueOn, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
                                .thenComparingInt(Milestone::position))
                        .orElse(null),
                !milestones.isEmpty() && reached == milestones.size() ? last : null,
                milestones.stream()
                        .filter(Milestone::firstValue)
                        .map(Milestone::reachedOn)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private static Milestone ticked(Milestone one, Given given) {
        if (one.isReached() || !one.done().isFact()) {
            return one;
        }
        Fact fact = given.done().getOrDefault(one.id(), Fact.NONE);
        LocalDate seen = later(fact.on(), given.startedOn());
        boolean tick = seen != null && given.ticks() && !one.held();
        return with(
                one,
                one.openedOn(),
                one.slowOn(),
                one.dueOn(),
                fact,
                seen,
                tick ? seen : null,
                tick ? "the facts" : null);
    }

    private static Milestone opened(Milestone one, Map<String, Milestone> now, Given given) {
        LocalDate day = given.beginsOn();
        for (String name : one.after()) {
            Milestone before = now.get(key(name));
            if (before != null && day != null) {
                day = before.reachedOn() == null ? null : later(before.reachedOn(), day);
            }
        }
        if (one.begins() != null && day != null && one.openedOn() == null) {
            LocalDate since = given.begins().getOrDefault(one.id(), Fact.NONE).on();
            day = since == null ? null : later(since, day);
        }
        if (one.isReached()) {
            // What was reached before its turn took no time.
            LocalDate opened = one.openedOn() != null ? one.openedOn() : day;
            LocalDate at = opened == null || opened.isAfter(Objects.requireNonNull(one.reachedOn()))
                    ? one.reachedOn()
                    : opened;
            return with(one, at, one.slowOn(), one.dueOn(), null, one.seenOn(), one.reachedOn(), one.reachedBy());
        }
        if (day == null) {
            return with(one, null, null, null, null, one.seenOn(), null, null);
        }
        if (one.openedOn() != null) {
            return one;
        }
        Norm norm = given.norms().get(key(one.name()));
        Integer days = one.days();
        LocalDate slow = norm != null ? day.plusDays(norm.median()) : days == null ? null : day.plusDays(days);
        LocalDate due = one.dueOn() != null ? one.dueOn() : norm != null ? day.plusDays(norm.most()) : slow;
        return with(one, day, slow, due, null, one.seenOn(), null, null);
    }

    /** @param fact null: what is known about the facts stays */
    private static Milestone with(
            Milestone one,
            @Nullable LocalDate openedOn,
            @Nullable LocalDate slowOn,
            @Nullable LocalDate dueOn,
            @Nullable Fact fact,
            @Nullable LocalDate seenOn,
            @Nullable LocalDate reachedOn,
            @Nullable String reachedBy) {
        // What a person has begun stays begun, whatever the facts know of it.
        LocalDate begun = fact == null || fact.firstOn() == null ? one.begunOn() : fact.firstOn();
        LocalDate progress = fact == null || fact.lastOn() == null ? one.progressOn() : fact.lastOn();
        return new Milestone(
                one.id(),
                one.onboarding(),
                one.position(),
                one.name(),
                one.ours(),
                one.theirs(),
                one.days(),
                one.after(),
                one.begins(),
                one.done(),
                one.next(),
                one.firstValue(),
                openedOn,
                slowOn,
                dueOn,
                fact == null ? one.have() : fact.have(),
                one.need(),
                begun,
                progress,
                seenOn,
                fact == null || fact.evidence().isEmpty() ? one.evidence() : fact.evidence(),
                reachedOn,
                reachedBy,
                one.held());
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, LocalDate other) {
        return one == null ? null : one.isAfter(other) ? one : other;
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
