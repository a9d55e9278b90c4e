package io.perennial.onboarding.web;

import io.perennial.onboarding.Milestone;
import io.perennial.onboarding.Onboarding;
import io.perennial.onboarding.Onboarding.Track;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Onboardings along time: a bar for each milestone from when it opened until it was reached, or until today.
 *
 * @param from first day that is drawn @param to the last @param today days from the first, where the line stands
 */
public record Bars(LocalDate from, LocalDate to, long today, List<Row> rows) {

    /** What is longer ago is cut off. */
    private static final int WEEKS_BACK = 26;

    private static final int WEEKS_AHEAD = 6;

    /** @param said the same in words */
    public record Row(Onboarding onboarding, Track track, List<Bar> bars, String said) {}

    /** @param x days from the first @param look reached, on-track, slow, behind, or due for what is still expected */
    public record Bar(long x, long width, int lane, String look, String title) {}

    public long width() {
        return ChronoUnit.DAYS.between(from, to);
    }

    static @Nullable Bars of(List<Onboarding> onboardings, Map<UUID, List<Milestone>> milestones, LocalDate today) {
        if (onboardings.isEmpty()) {
            return null;
        }
        LocalDate earliest = onboardings.stream()
                .map(Onboarding::startedOn)
                .min(java.util.Comparator.naturalOrder())
                .orElse(today);
        LocalDate from = earliest.isBefore(today.minusWeeks(WEEKS_BACK)) ? today.minusWeeks(WEEKS_BACK) : earliest;
        if (from.isAfter(today.minusDays(7))) {
            from = today.minusDays(7);
        }
        LocalDate to = today.plusWeeks(WEEKS_AHEAD);
        List<Row> rows = new ArrayList<>();
        for (Onboarding one : onboardings) {
            List<Milestone> all = milestones.getOrDefault(one.id(), List.of());
            List<Bar> bars = new ArrayList<>();
            for (Milestone milestone : all) {
                bar(milestone, from, to, today, one.isOpen(), bars);
            }
            Track track = one.track(today);
            rows.add(new Row(
                    one,
                    track,
                    bars,
                    one.accountName() + ": " + one.reached() + " of " + one.total() + " reached"
                            + (one.nextName() == null ? "" : ", at " + one.nextName()) + ", " + track.title()));
        }
        return new Bars(from, to, ChronoUnit.DAYS.between(from, today), rows);
    }

    private static void bar(
            Milestone one, LocalDate from, LocalDate to, LocalDate today, boolean running, List<Bar> into) {
        LocalDate opened = one.openedOn();
        if (opened == null) {
            return;
        }
        LocalDate reached = one.reachedOn();
        LocalDate end = reached != null ? reached : today;
        String look =
                reached != null ? "reached" : one.isBehind(today) ? "behind" : one.isSlow(today) ? "slow" : "on-track";
        add(one, opened, end, look, from, to, into);
        if (reached == null && running && one.dueOn() != null && one.dueOn().isAfter(today)) {
            add(one, today, one.dueOn(), "due", from, to, into);
        }
    }

    private static void add(
            Milestone one, LocalDate begin, LocalDate end, String look, LocalDate from, LocalDate to, List<Bar> into) {
        long x = Math.max(0, ChronoUnit.DAYS.between(from, begin));
        long right = Math.min(ChronoUnit.DAYS.between(from, to), Math.max(ChronoUnit.DAYS.between(from, end), x + 1));
        if (right > x) {
            into.add(new Bar(x, right - x, (one.position() + 2) % 3, look, one.name() + ", " + look));
        }
    }
}
