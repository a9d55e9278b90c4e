package io.perennial.health.calibration;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One attempt at better weights: learn on the past, choose the pull by time-ordered folds, prove on the last period. What
 * is then suggested is learned once more, with the same pull, on everything: the proof is of the way of learning, and the
 * last period is the one most like the next.
 */
final class WeightLearning {

    private static final double LAST_PERIOD = 0.3;
    private static final int FOLDS = 3;

    /** A label is known this many days after its features were; learning from nearer ones would be foresight. */
    private static final int GAP_DAYS = 90;

    private static final double[] PULLS = {3, 10, 30, 100, 300, 1_000, 10_000};
    private static final int RESAMPLES = 100;
    private static final double RISKIEST = 0.1;

    /** A smaller gain in AUC is not worth anybody's attention, however sure. */
    private static final double WORTH_A_LOOK = 0.002;

    /** Better by so many standard errors of the difference: one chance suggestion in twenty at most. */
    private static final double SURE = 1.645;

    private final List<LearningRow> rows;
    private final Map<String, Double> present;

    WeightLearning(List<LearningRow> rows, Map<String, Double> present) {
        this.rows = rows.stream()
                .sorted(Comparator.comparing(LearningRow::dueOn).thenComparing(LearningRow::account))
                .toList();
        this.present = new LinkedHashMap<>(present);
    }

    WeightSuggestion suggestion() {
        int split = (int) Math.round(rows.size() * (1 - LAST_PERIOD));
        List<LearningRow> last = rows.subList(Math.min(split, rows.size()), rows.size());
        List<LearningRow> past =
                last.isEmpty() ? List.of() : before(rows, last.getFirst().dueOn());
        if (lost(past) < WeightSuggestion.LEAST_TO_LEARN) {
            return WeightSuggestion.notEnough("Not enough outcomes: " + lost(past) + " of "
                    + WeightSuggestion.LEAST_TO_LEARN + " lost renewals.");
        }
        if (lost(last) < WeightSuggestion.LEAST_TO_PROVE) {
            return WeightSuggestion.notEnough("Not enough outcomes to prove anything: " + lost(last) + " of "
                    + WeightSuggestion.LEAST_TO_PROVE + " lost renewals in the last period.");
        }
        LearnedWeights learned = new LearnedWeights(rows, present);
        double pull = pull(learned, past);
        Map<String, Double> points = learned.fit(past, pull);
        double[] now = risks(learned.chances(past, present), last);
        double[] then = risks(learned.chances(past, points), last);
        boolean[] lost = lostFlags(last);
        double[] gain = gain(now, then, lost);
        boolean better = gain[0] > SURE * gain[1];
        Auc aucNow = Auc.of(now, lost);
        Auc aucThen = Auc.of(then, lost);
        boolean offered = better && aucThen.value() - aucNow.value() >= WORTH_A_LOOK;
        String statement = String.format(
                Locale.ROOT,
                "%s from %d renewals, %d of them lost: AUC %.3f instead of %.3f on the last %d.",
                offered ? "Suggested" : "Nothing better than the present weights was found",
                past.size(),
                lost(past),
                aucThen.value(),
                aucNow.value(),
                last.size());
        return new WeightSuggestion(
                offered,
                statement,
                weights(learned, rows, pull, learned.fit(rows, pull)),
                figures(now, lost, aucNow),
                figures(then, lost, aucThen),
                onlyThen(last, now, then, false),
                onlyThen(last, now, then, true));
    }

    /**
     * The pull whose weights foretell best, learning always on the past of what is foretold. The pull says how far the
     * weights in force may be off, in log odds, so one pull is right for few outcomes and for many; but who has learned
     * from fewer losses than a suggestion needs only finds that nothing can be learned from so few. So the folds begin
     * where the past has that many. Without any the strongest pull stands.
     */
    private double pull(LearnedWeights learned, List<LearningRow> past) {
        LocalDate known = past.stream()
                .filter(row -> !row.renewed())
                .skip(WeightSuggestion.LEAST_TO_LEARN - 1L)
                .findFirst()
                .orElseThrow()
                .dueOn()
                .plusDays(GAP_DAYS);
        int begin =
                (int) past.stream().filter(row -> !row.dueOn().isAfter(known)).count();
        double[] losses = new double[PULLS.length];
        for (int f = 0; f < FOLDS; f++) {
            List<LearningRow> next = past.subList(
                    begin + (past.size() - begin) * f / FOLDS, begin + (past.size() - begin) * (f + 1) / FOLDS);
            List<LearningRow> earlier =
                    next.isEmpty() ? List.of() : before(past, next.getFirst().dueOn());
            if (lost(earlier) == 0 || lost(earlier) == earlier.size()) {
                continue;
            }
            for (int i = 0; i < PULLS.length; i++) {
                LearnedWeights.Chances chances = learned.chances(earlier, learned.fit(earlier, PULLS[i]));
                losses[i] += Prediction.logLoss(risks(chances, next), lostFlags(next)) * next.size();
            }
        }
        int best = PULLS.length - 1;
        for (int i = PULLS.length - 1; i >= 0; i--) {
            best = losses[i] < losses[best] ? i : best;
        }
        return PULLS[best];
    }

    private List<WeightSuggestion.Weight> weights(
            LearnedWeights learned, List<LearningRow> rows, double pull, Map<String, Double> points) {
        Map<String, List<LearningRow>> byAccount = new LinkedHashMap<>();
        rows.forEach(row ->
                byAccount.computeIfAbsent(row.account(), a -> new ArrayList<>()).add(row));
        List<List<LearningRow>> accounts = List.copyOf(byAccount.values());
        Random dice = new Random(rows.size());
        Map<String, double[]> drawn = new LinkedHashMap<>();
        present.keySet().forEach(measure -> drawn.put(measure, new double[RESAMPLES]));
        for (int n = 0; n < RESAMPLES; n++) {
            List<LearningRow> sample = new ArrayList<>();
            for (int i = 0; i < accounts.size(); i++) {
                sample.addAll(accounts.get(dice.nextInt(accounts.size())));
            }
            int run = n;
            learned.fit(sample, pull)
                    .forEach((measure, value) -> drawn.getOrDefault(measure, new double[RESAMPLES])[run] = value);
        }
        double sum = present.values().stream().mapToDouble(Double::doubleValue).sum();
        List<WeightSuggestion.Weight> weights = new ArrayList<>();
        drawn.forEach((measure, values) -> {
            Arrays.sort(values);
            weights.add(new WeightSuggestion.Weight(
                    measure,
                    present.getOrDefault(measure, 0.0) / sum * 100,
                    points.getOrDefault(measure, 0.0),
                    values[RESAMPLES / 10],
                    values[RESAMPLES - 1 - RESAMPLES / 10]));
        });
        return weights;
    }

    /** Mean gain in log loss per renewal and its standard error, renewal by renewal. */
    private static double[] gain(double[] now, double[] then, boolean[] lost) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < lost.length; i++) {
            double gain = Math.log(lost[i] ? then[i] / now[i] : (1 - then[i]) / (1 - now[i]));
            sum += gain;
            squares += gain * gain;
        }
        double mean = sum / lost.length;
        return new double[] {mean, Math.sqrt(Math.max(0, squares / lost.length - mean * mean) / lost.length)};
    }

    private static WeightSuggestion.Figures figures(double[] risk, boolean[] lost, Auc auc) {
        int count = 0;
        for (boolean one : lost) {
            count += one ? 1 : 0;
        }
        return new WeightSuggestion.Figures(
                lost.length, count, auc.value(), Prediction.brier(risk, lost), Prediction.topDecileLift(risk, lost));
    }

    private static List<String> onlyThen(List<LearningRow> last, double[] now, double[] then, boolean renewed) {
        Set<Integer> before = riskiest(now);
        return riskiest(then).stream()
                .filter(i -> !before.contains(i) && last.get(i).renewed() == renewed)
                .map(i -> last.get(i).account())
                .distinct()
                .sorted()
                .toList();
    }

    private static Set<Integer> riskiest(double[] risk) {
        Integer[] order = new Integer[risk.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -risk[i]));
        return new HashSet<>(Arrays.asList(order).subList(0, (int) Math.ceil(risk.length * RISKIEST)));
    }

    private static double[] risks(LearnedWeights.Chances chances, List<LearningRow> rows) {
        double[] risks = new double[rows.size()];
        for (int i = 0; i < risks.length; i++) {
            risks[i] = Math.clamp(1 - chances.of(rows.get(i)), 1e-9, 1 - 1e-9);
        }
        return risks;
    }

    private static List<LearningRow> before(List<LearningRow> rows, LocalDate day) {
        LocalDate known = day.minusDays(GAP_DAYS);
        return rows.stream().filter(row -> row.dueOn().isBefore(known)).toList();
    }

    private static int lost(List<LearningRow> rows) {
        return (int) rows.stream().filter(row -> !row.renewed()).count();
    }

    private static boolean[] lostFlags(List<LearningRow> rows) {
        boolean[] lost = LearnedWeights.renewed(rows);
        for (int i = 0; i < lost.length; i++) {
            lost[i] = !lost[i];
        }
        return lost;
    }
}
