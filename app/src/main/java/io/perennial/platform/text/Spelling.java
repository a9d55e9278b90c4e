package io.perennial.platform.text;

import java.util.Collection;

/** Finds what somebody probably meant. */
public final class Spelling {

    private static final int MOST_LETTERS = 60;

    private Spelling() {}

    /** " Did you mean ...?", or nothing when no word is near. */
    public static String hint(String written, Collection<String> words) {
        String best = "";
        int least = 1 + Math.max(1, written.length() / 3);
        if (written.length() > MOST_LETTERS) {
            return "";
        }
        for (String word : words.stream().sorted().toList()) {
            int distance = distance(written, word);
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        return best.isEmpty() ? "" : " Did you mean \"" + best + "\"?";
    }

    /** Letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
