package io.perennial.health.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** H1 on the classic churn benchmark, where it is present; personal traits stay out of the score. */
class TelcoTests {

    private static final int FOLDS = 5;
    private static final int REPEATS = 3;
    private static final List<String> NUMBERS = List.of("tenure", "MonthlyCharges", "TotalCharges");
    private static final List<String> WORDS = List.of(
            "PhoneService",
            "MultipleLines",
            "InternetService",
            "OnlineSecurity",
            "OnlineBackup",
            "DeviceProtection",
            "TechSupport",
            "StreamingTV",
            "StreamingMovies",
            "Contract",
            "PaperlessBilling",
            "PaymentMethod");

    private double[][] rows = new double[0][];
    private boolean[] left = new boolean[0];

    @BeforeEach
    void readCustomers() throws IOException {
        Path file = Stream.of("../shared/data", "../../shared/data", "../../../shared/data")
                .map(folder -> Path.of(folder, "ibm-telco", "churn_classic.csv.gz"))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        assumeTrue(file != null, "ibm-telco is not here");
        read(file);
    }

    @Test
    void theTableOfPointsRanksAndCalibratesAsWellAsThePublishedModels() {
        Result result = crossValidate(left);
        System.out.println("Points card on ibm-telco: " + result);

        assertThat(result.auc()).isBetween(0.845, 0.87);
        assertThat(result.brier()).isLessThanOrEqualTo(0.1355);
        assertThat(result.ece()).isLessThanOrEqualTo(0.032);
        assertThat(result.lift()).isGreaterThan(2.7);
    }

    @Test
    void shuffledOutcomesTeachNothing() {
        List<Boolean> labels = new ArrayList<>();
        for (boolean one : left) {
            labels.add(one);
        }
        Collections.shuffle(labels, new Random(4));
        boolean[] shuffled = new boolean[left.length];
        for (int i = 0; i < shuffled.length; i++) {
            shuffled[i] = labels.get(i);
        }

        assertThat(crossValidate(shuffled).auc()).isEqualTo(0.5, within(0.025));
    }

    private record Result(double auc, double brier, double ece, double lift) {}

    private Result crossValidate(boolean[] outcome) {
        double[] sums = new double[4];
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            int[] fold = folds(outcome.length, repeat);
            for (int f = 0; f < FOLDS; f++) {
                int held = f;
                int[] train = indices(fold, held, false);
                int[] test = indices(fold, held, true);
                PointsCard card = PointsCard.fit(pick(train), labels(outcome, train), 8, 3);
                double[] chance = Arrays.stream(test)
                        .mapToDouble(i -> card.chance(rows[i]))
                        .toArray();
                boolean[] truth = labels(outcome, test);
                sums[0] += Auc.of(chance, truth).value();
                sums[1] += Prediction.brier(chance, truth);
                sums[2] += Reliability.of(chance, truth, 10).ece();
                sums[3] += Prediction.topDecileLift(chance, truth);
            }
        }
        int runs = FOLDS * REPEATS;
        return new Result(sums[0] / runs, sums[1] / runs, sums[2] / runs, sums[3] / runs);
    }

    private static int[] folds(int size, int seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        int[] fold = new int[size];
        for (int i = 0; i < size; i++) {
            fold[order.get(i)] = i % FOLDS;
        }
        return fold;
    }

    private static int[] indices(int[] fold, int held, boolean inside) {
        int[] all = new int[fold.length];
        int n = 0;
        for (int i = 0; i < fold.length; i++) {
            if ((fold[i] == held) == inside) {
                all[n++] = i;
            }
        }
        return Arrays.copyOf(all, n);
    }

    private double[][] pick(int[] indices) {
        return Arrays.stream(indices).mapToObj(i -> rows[i]).toArray(double[][]::new);
    }

    private static boolean[] labels(boolean[] outcome, int[] indices) {
        boolean[] labels = new boolean[indices.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = outcome[indices[i]];
        }
        return labels;
    }

    private void read(Path file) throws IOException {
        List<String[]> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.lines().forEach(line -> lines.add(line.replace("\"", "").split(",", -1)));
        }
        List<String> header = Arrays.asList(lines.removeFirst());
        Map<String, List<String>> levels = new TreeMap<>();
        for (String word : WORDS) {
            int column = header.indexOf(word);
            levels.put(
                    word,
                    lines.stream().map(line -> line[column]).distinct().sorted().toList());
        }
        rows = new double[lines.size()][];
        left = new boolean[lines.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(lines.get(i), header, levels);
            left[i] = lines.get(i)[header.indexOf("Churn")].equals("Yes");
        }
    }

    /** Numbers as they are; words as one 0/1 measure per level. A new customer has no total yet: 0. */
    private static double[] row(String[] line, List<String> header, Map<String, List<String>> levels) {
        List<Double> row = new ArrayList<>();
        for (String number : NUMBERS) {
            String value = line[header.indexOf(number)];
            row.add(value.isBlank() ? 0 : Double.parseDouble(value));
        }
        levels.forEach((word, all) -> {
            for (String level : all) {
                row.add(line[header.indexOf(word)].equals(level) ? 1.0 : 0.0);
            }
        });
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
