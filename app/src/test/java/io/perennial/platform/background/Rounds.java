package io.perennial.platform.background;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The product's own loops, taken by hand: each works off what is due by now, as it would by itself. */
public final class Rounds {

    /** A rest of at most this length only lets others go first. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private static final int MOST_STEPS = 5_000;

    private final List<Loop> loops;

    public Rounds(List<Loop> all, Predicate<Loop> which) {
        this.loops = all.stream().filter(which).toList();
    }

    /** What one leaves to another is taken up, too, whatever their order. */
    public void workOff() {
        loops.forEach(Rounds::workOff);
        loops.forEach(Rounds::workOff);
    }

    /** Rests that follow work last as long as the work did; the same rest twice is the one of a loop that has nothing to do. */
    private static void workOff(Loop loop) {
        Duration before = Duration.ZERO;
        for (int step = 0; step < MOST_STEPS; step++) {
            Duration rest = loop.step();
            if (rest.compareTo(BREATH) > 0 && rest.equals(before)) {
                return;
            }
            before = rest;
        }
        throw new IllegalStateException(loop.getClass().getSimpleName() + " does not come to rest");
    }
}
