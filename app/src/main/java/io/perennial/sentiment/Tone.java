package io.perennial.sentiment;

import java.util.List;

/**
 * How a text sounds.
 *
 * @param score from -1, all upset, to 1, all glad
 * @param upset chance that a person would call its writer upset, 0 to 1
 * @param sentence the sentence that says most about it, as written, at most {@value Sentiment#LONGEST_QUOTE} characters;
 *     empty when the text has no words
 * @param words those of its words that weigh most towards upset, at most five; empty when none does
 */
public record Tone(double score, double upset, String sentence, List<String> words) {

    /** From this chance on a text counts as upset; where precision and recall are about equal. */
    public static final double UPSET = 0.5;

    public Tone {
        words = List.copyOf(words);
    }

    public boolean isUpset() {
        return upset >= UPSET;
    }
}
