package io.perennial.usage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long something takes, when some have not finished yet: the Kaplan-Meier curve. Who is still at it counts as "longer
 * than this", never as finished.
 */
final class Durations implements Curve {

    /** With fewer finished ones the curve is mostly chance, and a fitted one says more. */
    static final int ENOUGH = 30;

    private final List<Step> curve;
    private final int finished;

    /**
     * @param seconds from the start to the end, or to the last moment known
     * @param count how many took that long
     */
    record Observed(long seconds, boolean finished, int count) {}

    /** @param open share of those who have not finished within that many seconds */
    private record Step(long seconds, double open) {}

    private Durations(List<Step> curve, int finished) {
        this.curve = curve;
        this.finished = finished;
    }

    static Durations of(List<Observed> all) {
        List<Observed> sorted =
                all.stream().sorted(Comparator.comparingLong(Observed::seconds)).toList();
        List<Step> curve = new ArrayList<>();
        double open = 1;
        int finishedInAll = 0;
        int left = sorted.stream().mapToInt(Observed::count).sum();
        for (int i = 0; i < sorted.size(); ) {
            long seconds = sorted.get(i).seconds();
            int atRisk = left;
            int finished = 0;
            for (; i < sorted.size() && sorted.get(i).seconds() == seconds; i++) {
                finished += sorted.get(i).finished() ? sorted.get(i).count() : 0;
                left -= sorted.get(i).count();
            }
            if (finished > 0) {
                open *= 1 - (double) finished / atRisk;
                curve.add(new Step(seconds, open));
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

    @Override
    public OptionalLong quantile(double share) {
        return curve.stream()
                .filter(step -> 1 - step.open() >= share - 1e-12)
                .mapToLong(Step::seconds)
                .findFirst();
    }

    @Override
    public double open(long seconds) {
        int low = 0;
        int high = curve.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (curve.get(middle).seconds() <= seconds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 1 : curve.get(low - 1).open();
    }

    /** How long the last of those who finished took. */
    OptionalLong longest() {
        return curve.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(curve.getLast().seconds());
    }
}
