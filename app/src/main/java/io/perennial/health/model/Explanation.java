package io.perennial.health.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a score is what it is, and why it changed: exact, because the score is a sum. For a linear score these
 * contributions are its Shapley values with the segment as background.
 */
public final class Explanation {

    public static final int TOP_DOWN = 3;
    public static final int TOP_UP = 2;

    private Explanation() {}

    /** What pulls the account below its segment's mean, the strongest first, at most three. */
    public static List<Part> topDown(Score score) {
        return score.parts().stream()
                .filter(part -> part.contribution() < 0)
                .sorted(Comparator.comparingDouble(Part::contribution))
                .limit(TOP_DOWN)
                .toList();
    }

    /** What lifts the account above its segment's mean, the strongest first, at most two. */
    public static List<Part> topUp(Score score) {
        return score.parts().stream()
                .filter(part -> part.contribution() > 0)
                .sorted(Comparator.comparingDouble(Part::contribution).reversed())
                .limit(TOP_UP)
                .toList();
    }

    /**
     * The change between two scores, split over the measures: what each contributes now less what it contributed then.
     * The points of all shifts and {@link Change#norm()} sum to {@link Change#total()} to the last cent.
     */
    public static Change change(Score before, Score after) {
        Map<String, Part> then = new HashMap<>();
        before.parts().forEach(part -> then.put(part.measure(), part));
        List<Shift> shifts = new ArrayList<>();
        for (Part now : after.parts()) {
            Part was = then.remove(now.measure());
            shifts.add(shift(now.measure(), was == null ? 0 : was.contribution(), now.contribution()));
        }
        for (Part gone : before.parts()) {
            if (then.containsKey(gone.measure())) {
                shifts.add(shift(gone.measure(), gone.contribution(), 0));
            }
        }
        shifts.sort(Comparator.comparingDouble((Shift shift) -> -Math.abs(shift.points())));
        return new Change(
                difference(before.value(), after.value()),
                difference(before.norm(), after.norm()),
                List.copyOf(shifts));
    }

    private static Shift shift(String measure, double before, double after) {
        return new Shift(measure, difference(before, after));
    }

    /** In cents, so that differences of two-decimal numbers stay two-decimal numbers. */
    private static double difference(double before, double after) {
        return (Math.round(after * 100) - Math.round(before * 100)) / 100.0;
    }

    /**
     * @param total points by which the score moved
     * @param norm points of it that are the segment's own movement, nothing the account did
     * @param shifts per measure, the biggest first
     */
    public record Change(double total, double norm, List<Shift> shifts) {}

    /** @param points by which this measure moved the score */
    public record Shift(String measure, double points) {}
}
