package io.perennial.surveys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What comments are about: the words that most of them share, with how many of those comments are unhappy. */
public final class ThemeWords {

    private static final int MOST = 12;
    private static final int LEAST_COMMENTS = 2;
    private static final int LONGEST_COMMENT = 5_000;
    private static final Pattern WORD = Pattern.compile("[\\p{L}][\\p{L}'’-]{2,30}");

    /** Words that say nothing of what a comment is about, in the languages that we write. */
    private static final Set<String> EMPTY = Set.of("""
            the and for was are not but you your with have has had this that they them their there very from all our been
            were when what which who will would could should can just more than then too also only get got its it's i'm
            i've don't didn't about into out over any some one two how why because being did does done much many most
            every everything nothing thing things really always never still well good great bad nice excellent thank
            thanks der die das und ist nicht ein eine einen mit für von auf den dem des sie wir ihr ich aber auch sehr wie
            war sind hat haben zu im zum zur als bei noch nur so uns unsere alles gut gute danke immer nie les est une pas
            pour avec vous nous que qui dans sur très mais plus tout bien bon merci sont être avez los las una con por
            para muy pero más todo bueno gracias son está nos gli che non per molto più tutto bene grazie sono della del
            nel
            """.strip().split("\\s+"));

    private ThemeWords() {}

    record Said(String comment, @Nullable String tone) {}

    /** @param negative of the comments with the word, those that sound unhappy */
    public record Theme(String word, int comments, int negative) {}

    /** Most frequent first; a word counts once for each comment. */
    static List<Theme> of(List<Said> comments) {
        Map<String, int[]> counts = new HashMap<>();
        for (Said said : comments) {
            String text = said.comment().length() > LONGEST_COMMENT
                    ? said.comment().substring(0, LONGEST_COMMENT)
                    : said.comment();
            Set<String> words = new HashSet<>();
            Matcher found = WORD.matcher(text.toLowerCase(Locale.ROOT));
            while (found.find()) {
                if (!EMPTY.contains(found.group())) {
                    words.add(found.group());
                }
            }
            for (String word : words) {
                int[] count = counts.computeIfAbsent(word, none -> new int[2]);
                count[0]++;
                count[1] += "negative".equals(said.tone()) ? 1 : 0;
            }
        }
        List<Theme> themes = new ArrayList<>();
        counts.forEach((word, count) -> {
            if (count[0] >= LEAST_COMMENTS) {
                themes.add(new Theme(word, count[0], count[1]));
            }
        });
        themes.sort(Comparator.comparingInt((Theme theme) -> -theme.comments()).thenComparing(Theme::word));
        return List.copyOf(themes.subList(0, Math.min(MOST, themes.size())));
    }
}
