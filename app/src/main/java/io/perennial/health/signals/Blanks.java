package io.perennial.health.signals;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sentences with blanks where the words of a reading belong. Words follow from facts; whoever has the numbers only can
 * still tell which sentence it would be, and fill it from one that was written down when the facts were at hand.
 */
public final class Blanks {

    private static final char OPEN = '\u0002';
    private static final char CLOSE = '\u0003';

    private Blanks() {}

    /** Stands for the evidence of that measure. */
    public static String of(String measure) {
        return OPEN + measure + CLOSE;
    }

    /** The measures whose words a sentence lacks. */
    static Set<String> in(String sentence) {
        Set<String> measures = new HashSet<>();
        for (int open = sentence.indexOf(OPEN); open >= 0; open = sentence.indexOf(OPEN, open + 1)) {
            measures.add(sentence.substring(open + 1, sentence.indexOf(CLOSE, open)));
        }
        return measures;
    }

    /**
     * The wanted sentence in words.
     *
     * @param was the sentence as it was when {@code text} was written
     * @param text its words
     * @return nothing when the words are not all in that text
     */
    static @Nullable String fill(String wanted, String was, String text) {
        if (wanted.equals(was)) {
            return text;
        }
        int open = was.indexOf(OPEN);
        if (wanted.indexOf(OPEN) < 0 || open < 0) {
            return wanted.indexOf(OPEN) < 0 ? wanted : null;
        }
        int close = was.indexOf(CLOSE, open);
        String before = was.substring(0, open);
        String after = was.substring(close + 1);
        if (after.indexOf(OPEN) >= 0
                || text.length() < before.length() + after.length()
                || !text.startsWith(before)
                || !text.endsWith(after)) {
            return null;
        }
        String words = text.substring(before.length(), text.length() - after.length());
        String filled = wanted.replace(was.substring(open, close + 1), words);
        return filled.indexOf(OPEN) < 0 ? filled : null;
    }
}
