package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.DateEvidence;
import io.perennial.platform.imports.reading.RawRow;
import io.perennial.platform.imports.reading.RowSource;
import io.perennial.platform.imports.reading.SourceFile;
import io.perennial.platform.imports.reading.UnreadableFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file once from beginning to end and says what is in it. */
final class Inspector {

    private static final int SAMPLES = 4;
    private static final int LONGEST_SAMPLE = 60;
    private static final int MOST_COLUMNS = 500;

    private Inspector() {}

    /**
     * @param encoding chosen by a person, or null to find out
     * @param delimiter chosen by a person, or null to find out
     * @throws UnreadableFile when no rows can be had from the file
     */
    static Inspection inspect(SourceFile file, @Nullable Charset encoding, @Nullable Character delimiter)
            throws IOException {
        Charset used = encoding != null ? encoding : file.encoding().orElse(null);
        if (used == null && !file.isWorkbook()) {
            return new Inspection(false, null, ",", List.of(), 0);
        }
        char mark = delimiter != null ? delimiter : used == null ? ',' : file.delimiter(used);
        try (RowSource rows = file.rows(used, mark)) {
            RawRow titles = rows.next();
            if (titles == null) {
                throw new UnreadableFile("empty_file", "The file is empty: its first line must name the columns.");
            }
            check(titles);
            List<Sight> columns =
                    titles.cells().stream().map(title -> new Sight()).toList();
            long count = 0;
            for (RawRow row = rows.next(); row != null; row = rows.next()) {
                count++;
                see(columns, row);
            }
            return new Inspection(
                    file.isWorkbook(),
                    used == null ? null : used.name(),
                    String.valueOf(mark),
                    headers(titles.cells(), columns),
                    count);
        }
    }

    private static void check(RawRow titles) {
        RawRow.Flaw flaw = titles.flaw();
        if (flaw != null) {
            throw new UnreadableFile("bad_header", "The first line cannot be read: " + flaw.message() + ".");
        }
        if (titles.cells().size() > MOST_COLUMNS) {
            throw new UnreadableFile("bad_header", "The file has more than " + MOST_COLUMNS + " columns.");
        }
    }

    private static void see(List<Sight> columns, RawRow row) {
        int width = Math.min(columns.size(), row.cells().size());
        for (int i = 0; i < width; i++) {
            columns.get(i).see(row.cells().get(i));
        }
    }

    private static List<Header> headers(List<String> titles, List<Sight> columns) {
        Map<String, Integer> times = new HashMap<>();
        titles.forEach(title -> times.merge(key(title, 0), 1, Integer::sum));
        Map<String, Integer> seen = new HashMap<>();
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            String title = titles.get(i);
            String key = title.isBlank() ? key(title, i) : key(title, 0);
            boolean repeated = !title.isBlank() && times.getOrDefault(key, 0) > 1;
            int nth = seen.merge(key, 1, Integer::sum);
            Sight column = columns.get(i);
            headers.add(new Header(
                    i,
                    title,
                    repeated ? key + "#" + nth : key,
                    repeated,
                    List.copyOf(column.samples),
                    column.dates.verdict(),
                    column.commas));
        }
        return List.copyOf(headers);
    }

    private static String key(String title, int index) {
        return title.isBlank() ? "column " + (index + 1) : Header.fold(title);
    }

    private static final class Sight {
        final Set<String> samples = new LinkedHashSet<>();
        final DateEvidence dates = new DateEvidence();
        boolean commas;

        void see(String value) {
            if (value.isEmpty()) {
                return;
            }
            if (samples.size() < SAMPLES) {
                samples.add(
                        readable(value.length() > LONGEST_SAMPLE ? value.substring(0, LONGEST_SAMPLE) + "…" : value));
            }
            dates.see(value);
            commas = commas || (value.indexOf(',') >= 0 && isAmount(value));
        }

        /** PostgreSQL's text cannot hold NUL; the row that has it is reported anyway. */
        private static String readable(String value) {
            return value.replace('\0', '\u2400');
        }

        /** Digits, separators, signs and a currency; enough to ask about the comma. */
        private static boolean isAmount(String value) {
            boolean digit = false;
            int letters = 0;
            for (int i = 0; i < value.length() && i < LONGEST_SAMPLE; i++) {
                char c = value.charAt(i);
                digit = digit || Character.isDigit(c);
                letters += Character.isLetter(c) ? 1 : 0;
            }
            return digit && letters <= 3;
        }
    }
}
