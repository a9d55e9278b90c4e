package io.perennial.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was measured against its anchor, round by round, and what is to be said of it. */
final class Ratios {

    private final String what;
    private final List<Double> ratios = new ArrayList<>();
    private final List<Long> ours = new ArrayList<>();
    private final List<Long> anchors = new ArrayList<>();

    Ratios(String what) {
        this.what = what;
    }

    void add(int round, long own, long anchor, String more) {
        ours.add(own);
        anchors.add(anchor);
        ratios.add((double) own / anchor);
        System.out.printf(
                "%s, round %d: ours %,d ms, anchor %,d ms, ratio %.2f; %s%n",
                what, round, own, anchor, (double) own / anchor, more);
    }

    void report(int accounts) {
        report(accounts, "floor 2.0, moonshot 1.0");
    }

    void report(int accounts, String bars) {
        if (ratios.isEmpty()) {
            return;
        }
        Collections.sort(ratios);
        System.out.printf(
                "%s, %,d accounts: median ratio %.2f (%.2f to %.2f), ours %,d to %,d ms, anchor %,d to %,d ms;"
                        + " %s%s%n",
                what,
                accounts,
                ratios.get(ratios.size() / 2),
                ratios.getFirst(),
                ratios.getLast(),
                Collections.min(ours),
                Collections.max(ours),
                Collections.min(anchors),
                Collections.max(anchors),
                bars,
                Collections.max(anchors) > 2 * Collections.min(anchors)
                        ? "; no verdict, the anchor itself varies"
                        : "");
    }
}
