package io.perennial.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A few words of an article around what was looked for. The pieces are plain text, to be escaped where they are shown.
 */
public record Excerpt(List<Piece> pieces) {

    /** Signs for private use that PostgreSQL puts around hits; taken out of every text before it is stored. */
    static final char FROM = '\uE000';

    static final char TO = '\uE001';

    /** @param hit whether this is a word that was looked for */
    public record Piece(String text, boolean hit) {}

    static Excerpt of(String marked) {
        List<Piece> pieces = new ArrayList<>();
        for (String part : marked.split(String.valueOf(FROM), -1)) {
            int end = part.indexOf(TO);
            if (end >= 0) {
                add(pieces, part.substring(0, end), true);
            }
            add(pieces, part.substring(end + 1), false);
        }
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
