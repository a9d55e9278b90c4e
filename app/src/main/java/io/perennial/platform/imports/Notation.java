package io.perennial.platform.imports;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes its rows, as far as somebody said; null means find out.
 *
 * @param delimiter between the cells of a row
 */
record Notation(@Nullable Charset encoding, @Nullable Character delimiter) {

    /** @throws MappingProblem with a sentence for whoever said it, when there is no such encoding or delimiter */
    static Notation of(@Nullable String encoding, @Nullable String delimiter) {
        return new Notation(charset(encoding), mark(delimiter));
    }

    @Nullable
    String encodingName() {
        return encoding == null ? null : encoding.name();
    }

    @Nullable
    String delimiterText() {
        return delimiter == null ? null : delimiter.toString();
    }

    private static @Nullable Charset charset(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            return Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new MappingProblem("bad_encoding", "There is no encoding " + RowMaker.shorten(name) + ".");
        }
    }

    private static @Nullable Character mark(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        String mark = text.equalsIgnoreCase("tab") ? "\t" : text;
        if (mark.length() != 1 || ",;\t|".indexOf(mark.charAt(0)) < 0) {
            throw new MappingProblem("bad_delimiter", "The delimiter is one of , ; | and tab.");
        }
        return mark.charAt(0);
    }
}
