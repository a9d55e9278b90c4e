package io.perennial.cases.tone;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tone of one message as the case view shows it.
 *
 * @param said what the model says
 * @param chance of being upset, by the model
 * @param corrected what a person says; null when nobody did
 */
public record Mark(
        boolean said,
        double chance,
        String sentence,
        List<String> words,
        @Nullable Boolean corrected,
        @Nullable String correctedBy) {

    /** People have the last word. */
    public boolean upset() {
        return corrected == null ? said : corrected;
    }

    /** Why it is marked, in a short sentence. */
    public String why() {
        if (corrected != null) {
            return (corrected ? "Upset, says " : "Not upset, says ") + (correctedBy == null ? "somebody" : correctedBy);
        }
        String percent = chance > 0.985 ? "over 98 %" : Math.round(100 * chance) + " %";
        return words.isEmpty()
                ? "Sounds upset, " + percent + " sure, by the way it is written"
                : "Sounds upset, " + percent + " sure: " + String.join(", ", words);
    }
}
