package io.perennial.surveys;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a survey asks, with its scale. The scale belongs to the kind: answers on different scales are never added up.
 */
public enum SurveyKind {
    NPS("nps", "NPS", "Would they recommend us?", 0, 10, 9, 6),
    CSAT("csat", "Satisfaction (CSAT)", "How satisfied are they?", 1, 5, 4, 2),
    CES("ces", "Effort (CES)", "How easy do we make it for them?", 1, 7, 5, 3),
    SUCCESS("success", "Success perception", "Do they reach what they wanted with us?", 1, 5, 4, 2),
    RENEWAL("renewal", "Renewal", "How likely are they to renew?", 1, 5, 4, 2);

    private final String key;
    private final String title;
    private final String asks;
    private final int worst;
    private final int best;
    private final int happyFrom;
    private final int unhappyTo;

    SurveyKind(String key, String title, String asks, int worst, int best, int happyFrom, int unhappyTo) {
        this.key = key;
        this.title = title;
        this.asks = asks;
        this.worst = worst;
        this.best = best;
        this.happyFrom = happyFrom;
        this.unhappyTo = unhappyTo;
    }

    /** As stored, and as the record type {@code survey-responses} has it. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    public String asks() {
        return asks;
    }

    public int worst() {
        return worst;
    }

    public int best() {
        return best;
    }

    /** From this answer on a person counts as happy: a promoter, satisfied, finds it easy. */
    public int happyFrom() {
        return happyFrom;
    }

    /** Up to this answer a person counts as unhappy: somebody follows up. */
    public int unhappyTo() {
        return unhappyTo;
    }

    public boolean isUnhappy(int score) {
        return score <= unhappyTo;
    }

    public boolean isHappy(int score) {
        return score >= happyFrom;
    }

    public boolean isOnScale(int score) {
        return score >= worst && score <= best;
    }

    public List<Integer> steps() {
        return IntStream.rangeClosed(worst, best).boxed().toList();
    }

    /** What the figure of this kind is, in words. */
    public String figure() {
        return this == NPS
                ? "Share of 9 and 10 less share of 0 to 6"
                : "Share of answers " + happyFrom + " to " + best + " of " + best;
    }

    public static Optional<SurveyKind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}
