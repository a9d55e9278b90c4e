package io.perennial.cases.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is looked for in subjects: each word, wherever it stands and in whatever order; words in quotes as they stand there. What
 * is as short as one or two letters is looked for where a word begins: it is a part of nearly everything.
 */
record SubjectWords(List<Word> words) {

    private static final Pattern PIECES = Pattern.compile("\"([^\"]*)\"|([^\\s\"]+)");
    /** The index knows pieces of three letters or digits; of which other letters it knows depends on the database. */
    private static final Pattern KNOWN = Pattern.compile("[A-Za-z0-9]{3}");

    private static final Pattern PLAIN = Pattern.compile("\\p{ASCII}*[A-Za-z0-9]\\p{ASCII}*");

    SubjectWords {
        words = List.copyOf(words);
    }

    /** @param beginning whether it has to begin a word */
    private record Word(String text, boolean beginning) {

        static Word of(String text) {
            return new Word(text, !text.contains(" ") && isShort(text) && isPlain(text));
        }

        static boolean isShort(String text) {
            return !KNOWN.matcher(text).find();
        }

        static boolean isPlain(String text) {
            return PLAIN.matcher(text).matches();
        }

        boolean isIndexed() {
            return beginning || !isShort(text);
        }

        /** As LIKE takes it, of a subject with a blank before it. */
        String pattern() {
            return (beginning ? "% " : "%") + escaped() + "%";
        }

        String escaped() {
            return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        }
    }

    static SubjectWords of(String text) {
        List<Word> words = new ArrayList<>();
        Matcher pieces = PIECES.matcher(text);
        while (pieces.find()) {
            String piece =
                    pieces.group(1) == null ? pieces.group(2) : pieces.group(1).strip();
            if (!piece.isEmpty()) {
                words.add(Word.of(piece));
            }
        }
        return new SubjectWords(words);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Whether the index of subjects can find them. */
    boolean isIndexed() {
        return words.stream().anyMatch(Word::isIndexed);
    }

    /** A condition on {@code c} that no index answers, beginning with {@code and}: for cases that are looked through one by one. */
    String walked() {
        return isEmpty()
                ? ""
                : " and (' ' || lower(c.subject)) like all (array(select lower(p) from unnest(cast(:patterns as text[])) p))";
    }

    /** The same condition in the form that the index answers. */
    String indexed() {
        StringBuilder conditions = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            conditions.append(
                    words.get(i).beginning()
                            ? " and (c.subject ilike :word%d or c.subject ilike :start%d)".formatted(i, i)
                            : " and c.subject ilike :word%d".formatted(i));
        }
        return conditions.toString();
    }

    Map<String, Object> parameters() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("patterns", words.stream().map(Word::pattern).toArray(String[]::new));
        for (int i = 0; i < words.size(); i++) {
            values.put("word" + i, words.get(i).pattern());
            values.put("start" + i, words.get(i).escaped() + "%");
        }
        return values;
    }
}
