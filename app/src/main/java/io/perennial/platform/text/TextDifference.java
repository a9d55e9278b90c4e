package io.perennial.platform.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one version has that another had not, line by line (Myers, "An O(ND) difference algorithm", 1986). */
public final class TextDifference {

    /** Beyond so many changed lines the rest is shown as replaced. */
    private static final int MOST_STEPS = 1_500;

    private TextDifference() {}

    public enum Kind {
        SAME,
        GONE,
        NEW
    }

    public record Line(Kind kind, String text) {}

    public static List<Line> between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        List<int[]> trace = new ArrayList<>();
        int steps = forward(old, now, trace);
        return steps < 0 ? replaced(old, now) : backward(old, now, trace, steps);
    }

    private static int forward(List<String> old, List<String> now, List<int[]> trace) {
        int most = Math.min(old.size() + now.size(), MOST_STEPS);
        int[] reach = new int[2 * most + 3];
        for (int step = 0; step <= most; step++) {
            trace.add(reach.clone());
            for (int k = -step; k <= step; k += 2) {
                int x = startOf(reach, most, step, k);
                int y = x - k;
                while (x < old.size() && y < now.size() && old.get(x).equals(now.get(y))) {
                    x++;
                    y++;
                }
                reach[most + 1 + k] = x;
                if (x >= old.size() && y >= now.size()) {
                    return step;
                }
            }
        }
        return -1;
    }

    private static int startOf(int[] reach, int most, int step, int k) {
        boolean down = k == -step || (k != step && reach[most + k] < reach[most + 2 + k]);
        return down ? reach[most + 2 + k] : reach[most + k] + 1;
    }

    private static List<Line> backward(List<String> old, List<String> now, List<int[]> trace, int steps) {
        int most = Math.min(old.size() + now.size(), MOST_STEPS);
        List<Line> lines = new ArrayList<>();
        int x = old.size();
        int y = now.size();
        for (int step = steps; step >= 0; step--) {
            int[] reach = trace.get(step);
            int k = x - y;
            boolean down = k == -step || (k != step && reach[most + k] < reach[most + 2 + k]);
            int startX = step == 0 ? 0 : startOf(reach, most, step, k);
            int startY = step == 0 ? 0 : startX - k;
            while (x > startX && y > startY) {
                lines.add(new Line(Kind.SAME, old.get(--x)));
                y--;
            }
            if (step > 0) {
                if (down) {
                    lines.add(new Line(Kind.NEW, now.get(--y)));
                } else {
                    lines.add(new Line(Kind.GONE, old.get(--x)));
                }
            }
        }
        Collections.reverse(lines);
        return lines;
    }

    private static List<Line> replaced(List<String> old, List<String> now) {
        List<Line> lines = new ArrayList<>();
        old.forEach(line -> lines.add(new Line(Kind.GONE, line)));
        now.forEach(line -> lines.add(new Line(Kind.NEW, line)));
        return lines;
    }
}
