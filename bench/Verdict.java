import java.util.Arrays;

/** Our figure over the anchor's, round by round. */
class Verdict {

    private Verdict() {}

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static void print(String what, double[] ours, double[] anchor, double floor, double goal) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ours.length; i++) {
            ratios[i] = ours[i] / anchor[i];
        }
        double spread = Arrays.stream(anchor).max().orElseThrow() / Arrays.stream(anchor).min().orElseThrow();
        double ratio = median(ratios);
        String verdict = spread > 2 ? "no verdict, the anchor's own spread is " + "%.1f".formatted(spread)
                : ratio >= goal ? "goal met" : ratio >= floor ? "floor met" : "MISSED";
        System.out.printf("%s: %,.0f/s (%,.0f to %,.0f) / %,.0f/s (%,.0f to %,.0f) = %.2f   floor %.2f, goal %.2f: %s, load %s%n", what,
                median(ours), Arrays.stream(ours).min().orElseThrow(), Arrays.stream(ours).max().orElseThrow(),
                median(anchor), Arrays.stream(anchor).min().orElseThrow(), Arrays.stream(anchor).max().orElseThrow(),
                ratio, floor, goal, verdict, Times.load());
    }
}
