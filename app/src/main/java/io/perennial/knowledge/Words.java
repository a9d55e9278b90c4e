package io.perennial.knowledge;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as search sees it: lower case, without accents. Done here rather than by an extension of PostgreSQL, so that every
 * server finds the same.
 */
final class Words {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int SHORTEST = 2;
    private static final int LONGEST = 40;

    private Words() {}

    static String folded(String text) {
        String apart = Normalizer.normalize(readable(text).toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        return MARKS.matcher(apart)
                .replaceAll("")
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("æ", "ae")
                .replace("œ", "oe")
                .replace("ł", "l")
                .replace("đ", "d")
                .replace("ı", "i");
    }

    /** Without what a database cannot keep. */
    static String readable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(sign -> sign != 0 && (sign < 0xD800 || sign > 0xDFFF))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Distinct folded words of 2 to 40 signs, in order, at most that many. */
    static Set<String> of(String text, int most) {
        Set<String> words = new LinkedHashSet<>();
        Matcher found = WORD.matcher(folded(text));
        while (words.size() < most && found.find()) {
            String word = found.group();
            if (word.length() >= SHORTEST && word.length() <= LONGEST) {
                words.add(word);
            }
        }
        return words;
    }

    /**
     * How many slips of a finger lie between two words: a letter too many, too few, wrong, or two swapped. Counting stops
     * beyond {@code most}.
     */
    static int slips(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) > most) {
            return most + 1;
        }
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + wrong);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[other.length()];
    }
}
