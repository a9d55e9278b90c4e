package io.perennial.health.calibration;

import java.util.List;
import java.util.Map;

/**
 * What the outcomes say about the weights, beside those in force; offered only when weights so learned are better on
 * renewals they have not seen, by more than their own error. A model with profiles has a suggestion for each of them, from
 * its own accounts.
 *
 * @param offered whether somebody should look at it
 * @param statement for people: from how many outcomes, how much better, or why nothing is suggested
 * @param weights per measure in the order of the model; empty when there were too few outcomes
 * @param now the weights in force on the last period
 * @param then the suggested weights on the same period
 * @param caught accounts that were lost, which only the suggestion counts among the riskiest tenth
 * @param falseAlarms accounts that stayed, which only the suggestion counts among the riskiest tenth
 */
public record WeightSuggestion(
        boolean offered,
        String statement,
        List<Weight> weights,
        Figures now,
        Figures then,
        List<String> caught,
        List<String> falseAlarms) {

    /** Non-renewals without which nothing is learned, and without which nothing is proved. */
    public static final int LEAST_TO_LEARN = 30;

    public static final int LEAST_TO_PROVE = 10;

    private static final Figures NO_FIGURES = new Figures(0, 0, Double.NaN, Double.NaN, Double.NaN);

    /**
     * @param present points now
     * @param suggested points suggested; both sum to 100 over the model
     * @param low lower end of the 80 % interval, resampling accounts
     * @param high upper end
     */
    public record Weight(String measure, double present, double suggested, double low, double high) {}

    /**
     * @param renewals decided in the last period, and how many of them were lost
     */
    public record Figures(int renewals, int lost, double auc, double brier, double lift) {}

    /**
     * @param rows decided renewals in any order
     * @param present points per measure in the order of the model, or of the profile that all these accounts have
     */
    public static WeightSuggestion of(List<LearningRow> rows, Map<String, Double> present) {
        return new WeightLearning(rows, present).suggestion();
    }

    static WeightSuggestion notEnough(String statement) {
        return new WeightSuggestion(false, statement, List.of(), NO_FIGURES, NO_FIGURES, List.of(), List.of());
    }
}
