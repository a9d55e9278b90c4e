package io.perennial.usage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * How long something takes, when some have not finished yet: quantiles of the Kaplan-Meier curve. Who is still at it
 * counts as "longer than this", never as finished.
 */
final class Durations {

    /** Fewer finished ones say nothing about what is usual. */
    static final int ENOUGH = 20;

    private final List<Step> curve;
    private final int finished;

    /**
     * @param days from the start to the end, or to the last day known
     * @param count how many took that long
     */
    record Observed(int days, boolean finished, int count) {}

    /** @param done share of those who have finished within that many days */
    private record Step(int days, double done) {}

    private Durations(List<Step> curve, int finished) {
        this.curve = curve;
        this.finished = finished;
    }

    static Durations of(List<Observed> all) {
        List<Observed> sorted =
                all.stream().sorted(Comparator.comparingInt(Observed::days)).toList();
        List<Step> curve = new ArrayList<>();
        double open = 1;
        int finishedInAll = 0;
        int left = sorted.stream().mapToInt(Observed::count).sum();
        for (int i = 0; i < sorted.size(); ) {
            int days = sorted.get(i).days();
            int atRisk = left;
            int finished = 0;
            for (; i < sorted.size() && sorted.get(i).days() == days; i++) {
                finished += sorted.get(i).finished() ? sorted.get(i).count() : 0;
                left -= sorted.get(i).count();
            }
            if (finished > 0) {
                open *= 1 - (double) finished / atRisk;
                curve.add(new Step(days, 1 - open));
                finishedInAll += finished;
            }
        }
        return new Durations(curve, finishedInAll);
    }

    boolean enough() {
        return finished >= ENOUGH;
    }

    int finished() {
        return finished;
    }

    /** The days within which that share finishes; empty when so many have never been seen to finish. */
    OptionalInt quantile(double share) {
        return curve.stream()
                .filter(step -> step.done() >= share - 1e-12)
                .mapToInt(Step::days)
                .findFirst();
    }

    /** How long the last of those who finished took. */
    OptionalInt longest() {
        return curve.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(curve.getLast().days());
    }
}
