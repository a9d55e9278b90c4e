package io.perennial.sentiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How well being upset is told from the rest. */
record Measured(int count, double precision, double recall, double f1, double auc) {

    private static final int RESAMPLED = 400;

    /** What the model said of a text, and whether people called it upset. */
    record Said(double upset, boolean truly) {}

    /** A figure with its 95 % interval, by drawing the texts anew. */
    record Interval(double value, double low, double high) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", value, low, high);
        }
    }

    static Measured of(List<Said> said) {
        int hits = 0;
        int called = 0;
        int truly = 0;
        for (Said one : said) {
            boolean upset = one.upset() >= Tone.UPSET;
            called += upset ? 1 : 0;
            truly += one.truly() ? 1 : 0;
            hits += upset && one.truly() ? 1 : 0;
        }
        double precision = called == 0 ? 0 : (double) hits / called;
        double recall = truly == 0 ? 0 : (double) hits / truly;
        double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return new Measured(said.size(), precision, recall, f1, auc(said, truly));
    }

    static String intervals(List<Said> said) {
        Measured all = of(said);
        List<Measured> drawn = new ArrayList<>();
        Random random = new Random(46);
        for (int i = 0; i < RESAMPLED; i++) {
            List<Said> sample = new ArrayList<>(said.size());
            for (int j = 0; j < said.size(); j++) {
                sample.add(said.get(random.nextInt(said.size())));
            }
            drawn.add(of(sample));
        }
        return "n " + all.count
                + ", precision "
                + interval(
                        all.precision, drawn.stream().map(Measured::precision).toList())
                + ", recall "
                + interval(all.recall, drawn.stream().map(Measured::recall).toList())
                + ", F1 " + interval(all.f1, drawn.stream().map(Measured::f1).toList())
                + ", AUC " + interval(all.auc, drawn.stream().map(Measured::auc).toList());
    }

    private static Interval interval(double value, List<Double> drawn) {
        List<Double> sorted = drawn.stream().sorted().toList();
        return new Interval(
                value, sorted.get((int) (0.025 * sorted.size())), sorted.get((int) (0.975 * sorted.size())));
    }

    /** The chance that an upset text ranks above another. */
    private static double auc(List<Said> said, int truly) {
        List<Said> sorted = new ArrayList<>(said);
        sorted.sort(Comparator.comparingDouble(Said::upset));
        double ranks = 0;
        int from = 0;
        while (from < sorted.size()) {
            int to = from;
            while (to < sorted.size()
                    && sorted.get(to).upset() == sorted.get(from).upset()) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks += sorted.get(i).truly() ? (from + to + 1) / 2.0 : 0;
            }
            from = to;
        }
        double pairs = (double) truly * (said.size() - truly);
        return pairs == 0 ? 0.5 : (ranks - truly * (truly + 1.0) / 2) / pairs;
    }
}
