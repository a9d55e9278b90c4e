package io.perennial.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A few words of an article around what was looked for. The pieces are plain text, to be escaped where they are shown.
 */
public record Excerpt(List<Piece> pieces) {

    /** @param hit whether this is a word that was looked for */
    public record Piece(String text, boolean hit) {}

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int LENGTH = 260;
    private static final int BEFORE = 60;
    private static final int MOST_HITS = 500;

    private record Place(int from, int to) {}

    /**
     * The part of a text where the stems stand closest together; its beginning when none of them does. Made here because
     * PostgreSQL's own headlines take milliseconds each.
     */
    static Excerpt around(String text, Set<String> stems) {
        List<Place> hits = new ArrayList<>();
        Matcher words = WORD.matcher(text);
        while (hits.size() < MOST_HITS && words.find()) {
            if (begins(Words.folded(words.group()), stems)) {
                hits.add(new Place(words.start(), words.end()));
            }
        }
        int best = 0;
        long most = 0;
        for (Place hit : hits) {
            int from = Math.max(0, hit.from() - BEFORE);
            long within = hits.stream()
                    .filter(other -> other.from() >= from && other.to() <= from + LENGTH)
                    .count();
            if (within > most) {
                most = within;
                best = from;
            }
        }
        return cut(text, best, hits);
    }

    private static boolean begins(String word, Set<String> stems) {
        return stems.stream()
                .anyMatch(stem -> word.startsWith(stem.length() > 4 ? stem.substring(0, stem.length() - 1) : stem));
    }

    private static Excerpt cut(String text, int wanted, List<Place> hits) {
        int from = wanted == 0 ? 0 : Math.max(0, text.indexOf(' ', wanted - 1) + 1);
        int to = Math.min(text.length(), from + LENGTH);
        int space = text.lastIndexOf(' ', to);
        int end = to == text.length() || space <= from ? to : space;
        List<Piece> pieces = new ArrayList<>();
        add(pieces, from > 0 ? "… " : "", false);
        int done = from;
        for (Place hit : hits) {
            if (hit.from() >= done && hit.to() <= end) {
                add(pieces, text.substring(done, hit.from()), false);
                add(pieces, text.substring(hit.from(), hit.to()), true);
                done = hit.to();
            }
        }
        add(pieces, text.substring(done, end), false);
        add(pieces, end < text.length() ? " …" : "", false);
        return new Excerpt(List.copyOf(pieces));
    }

    private static void add(List<Piece> pieces, String text, boolean hit) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, hit));
        }
    }

    public String text() {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }
}
