package io.perennial.platform.imports.reading;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** Rows of a workbook's first sheet, as text: dates in ISO 8601, numbers as they are stored. */
final class WorkbookRows implements RowSource {

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private int columns = -1;
    private long number;

    WorkbookRows(Path path) throws IOException {
        WorkbookGuard.check(path);
        try {
            this.workbook = new ReadableWorkbook(path.toFile(), new ReadingOptions(true, true));
            this.stream = workbook.getFirstSheet().openStream();
            this.rows = stream.iterator();
        } catch (RuntimeException unreadable) {
            throw broken(unreadable);
        }
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        try {
            while (rows.hasNext()) {
                Row row = rows.next();
                List<String> cells = cells(row);
                if (cells.stream().allMatch(String::isEmpty)) {
                    continue;
                }
                if (columns < 0) {
                    columns = cells.size();
                }
                return new RawRow(number++, row.getRowNum(), cells, flaw(cells));
            }
            return null;
        } catch (UnreadableFile refused) {
            throw refused;
        } catch (RuntimeException unreadable) {
            throw broken(unreadable);
        }
    }

    /** As wide as the header: Excel leaves out empty cells, and formats empty columns to the right. */
    private List<String> cells(Row row) {
        int width = Math.max(columns, row.getCellCount());
        List<String> cells = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            cells.add(i < row.getCellCount() ? text(row.getCell(i)).strip() : "");
        }
        int least = Math.max(columns, 0);
        while (cells.size() > least && cells.getLast().isEmpty()) {
            cells.removeLast();
        }
        return cells;
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR) {
            return "";
        }
        if (cell.getType() == CellType.NUMBER) {
            return isDate(cell.getDataFormatString())
                    ? date(cell.asDate())
                    : cell.asNumber().toPlainString();
        }
        return Objects.toString(cell.getText(), "");
    }

    private static boolean isDate(@Nullable String format) {
        if (format == null) {
            return false;
        }
        String bare = format.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "");
        return bare.contains("yy") || (bare.contains("d") && bare.contains("m"));
    }

    private static String date(LocalDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? time.toLocalDate().toString()
                : time.toString();
    }

    private RawRow.@Nullable Flaw flaw(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).length() > CsvRows.LONGEST_FIELD) {
                return new RawRow.Flaw(
                        i,
                        "field_too_long",
                        "Longer than " + CsvRows.LONGEST_FIELD + " characters",
                        cells.get(i).substring(0, 200));
            }
        }
        return null;
    }

    private static UnreadableFile broken(RuntimeException cause) {
        UnreadableFile refused = new UnreadableFile(
                "broken_workbook", "This workbook cannot be read. Save it again as .xlsx, or as .csv, and try again.");
        refused.initCause(cause);
        return refused;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
