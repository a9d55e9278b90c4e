package io.perennial.platform.imports.reading;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/** Which character separates the fields: the one that splits the first rows into most columns, evenly. */
final class Delimiters {

    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int LOOKED_AT = 64 * 1024;
    private static final int ROWS = 20;

    private Delimiters() {}

    static char detect(Reader reader) throws IOException {
        char[] head = new char[LOOKED_AT];
        int length = 0;
        for (int read; length < head.length && (read = reader.read(head, length, head.length - length)) > 0; ) {
            length += read;
        }
        String text = new String(head, 0, length);
        char best = ',';
        int mostPoints = 0;
        for (char candidate : CANDIDATES) {
            int points = points(text, candidate);
            if (points > mostPoints) {
                mostPoints = points;
                best = candidate;
            }
        }
        return best;
    }

    /** Columns of the header, doubled for each row that has as many, so that an even table beats a stray comma. */
    private static int points(String text, char delimiter) throws IOException {
        try (CsvRows rows = new CsvRows(new StringReader(text), delimiter)) {
            RawRow header = rows.next();
            if (header == null || header.cells().size() < 2) {
                return 0;
            }
            int columns = header.cells().size();
            int even = 0;
            int seen = 0;
            for (RawRow row = rows.next(); row != null && seen < ROWS; row = rows.next()) {
                seen++;
                even += row.cells().size() == columns ? 1 : 0;
            }
            return columns + 10 * even;
        }
    }
}
