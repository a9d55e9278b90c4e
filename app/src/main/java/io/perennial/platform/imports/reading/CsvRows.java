package io.perennial.platform.imports.reading;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delimited text after RFC 4180, with LF, CRLF or CR. Our own because a field without end must cost one row and a bounded
 * buffer, not the file: CSV libraries stop there, and cannot go on behind it.
 *
 * <p>Quotes are read as spreadsheets write them; a quote in the middle of a bare field is text. Blank lines are no rows.
 */
public final class CsvRows implements RowSource {

    /** Characters of a cell; far above every column's own limit. */
    public static final int LONGEST_FIELD = 100_000;

    private static final String TOO_LONG = "Longer than " + LONGEST_FIELD + " characters";
    private static final int LONGEST_ROW = 1_000_000;
    private static final int MOST_CELLS = 2_000;
    private static final String TOO_MANY = "More than " + MOST_CELLS + " fields in one row";
    private static final int SHOWN = 200;
    private static final int END = -1;

    private final Reader reader;
    private final char delimiter;
    private final char[] buffer = new char[16 * 1024];
    private int position;
    private int limit;

    private char[] field = new char[256];
    private int length;
    private int rowLength;
    private long line = 1;
    private long number;
    private boolean afterReturn;
    private boolean pendingLine;
    private RawRow.@Nullable Flaw flaw;

    public CsvRows(Reader reader, char delimiter) {
        this.reader = reader;
        this.delimiter = delimiter;
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        while (true) {
            int first = read();
            if (first == END) {
                return null;
            }
            if (first == '\n' || first == '\r') {
                continue;
            }
            long startedOn = line;
            List<String> cells = new ArrayList<>();
            flaw = null;
            rowLength = 0;
            int c = first;
            int end;
            do {
                end = cell(c, cells.size());
                if (cells.size() < MOST_CELLS) {
                    cells.add(text());
                } else {
                    note(-1, "too_many_fields", TOO_MANY);
                }
                c = end == delimiter ? read() : END;
            } while (end == delimiter);
            if (cells.size() == 1 && cells.get(0).isEmpty() && flaw == null) {
                continue;
            }
            return new RawRow(number++, startedOn, cells, flaw);
        }
    }

    /** Reads one cell that begins with {@code c} and answers what ended it: the delimiter, a line end or the end. */
    private int cell(int c, int column) throws IOException {
        length = 0;
        int next = c;
        while (next == ' ' && delimiter != ' ') { // blanks before a quote do not make it part of the text
            next = read();
        }
        if (next == '"') {
            next = quoted(column);
        }
        while (next != delimiter && next != '\n' && next != '\r' && next != END) {
            append((char) next, column);
            next = read();
        }
        return next;
    }

    /** Reads up to the closing quote and answers the character behind it. */
    private int quoted(int column) throws IOException {
        while (true) {
            int c = read();
            if (c == END) {
                note(column, "unclosed_quote", "The quote that opens here is never closed");
                return END;
            }
            if (c == '"') {
                c = read();
                if (c != '"') {
                    return c;
                }
            }
            append((char) c, column);
        }
    }

    private void append(char c, int column) {
        if (length >= LONGEST_FIELD || rowLength >= LONGEST_ROW) {
            note(column, "field_too_long", TOO_LONG);
            return;
        }
        if (c == 0) {
            note(column, "nul_byte", "Contains a NUL byte, which text cannot have");
        } else if (c == '\uFFFD') {
            note(column, "invalid_characters", "Contains bytes that are no characters in the file's encoding");
        }
        if (length == field.length) {
            field = Arrays.copyOf(field, Math.min(field.length * 2, LONGEST_FIELD));
        }
        field[length++] = c;
        rowLength++;
    }

    /** The first flaw counts; a cell of megabytes comes here for each of its characters, and must not pay for it. */
    private void note(int column, String code, String message) {
        if (flaw == null) {
            flaw = new RawRow.Flaw(column, code, message, column < 0 ? "" : shown());
        }
    }

    private String shown() {
        return new String(field, 0, Math.min(length, SHOWN)).replace("\0", "\u2400");
    }

    /** White space around a value never means anything. */
    private String text() {
        return flaw != null && flaw.code().equals("field_too_long") ? shown() : new String(field, 0, length).strip();
    }

    private int read() throws IOException {
        if (position == limit) {
            limit = reader.read(buffer, 0, buffer.length);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return END;
            }
        }
        char c = buffer[position++];
        if (afterLineEnd(c)) {
            line++;
        }
        afterReturn = c == '\r';
        pendingLine = c == '\n' || c == '\r';
        return c;
    }

    /** The line number moves on with the first character behind a line end; CR LF is one line end. */
    private boolean afterLineEnd(char c) {
        return pendingLine && !(afterReturn && c == '\n');
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
