package io.perennial.platform.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** One sheet of an Excel workbook, written as a stream; instants are shown in UTC. */
public final class WorkbookTable implements TableWriter {

    /** What a sheet of Excel holds. */
    public static final int MOST_ROWS = 1_048_576;

    private static final int LONGEST_TEXT = 32_767;
    private static final int ROWS_KEPT = 500;

    private final Workbook workbook;
    private final Worksheet sheet;
    private int row;

    public WorkbookTable(OutputStream out, String sheetName) {
        this.workbook = new Workbook(out, "Perennial", null);
        this.sheet = workbook.newWorksheet(sheetName);
    }

    @Override
    public void header(List<String> titles) throws IOException {
        for (int i = 0; i < titles.size(); i++) {
            sheet.value(row, i, FormulaGuard.add(titles.get(i)));
            sheet.style(row, i).bold().set();
        }
        sheet.freezePane(0, 1);
        next();
    }

    /** @throws IllegalStateException past {@link #MOST_ROWS}: export as CSV instead */
    @Override
    public void row(List<? extends @Nullable Object> values) throws IOException {
        if (row >= MOST_ROWS) {
            throw new IllegalStateException("A sheet of Excel ends at " + MOST_ROWS + " rows");
        }
        for (int i = 0; i < values.size(); i++) {
            cell(i, values.get(i));
        }
        next();
    }

    private void cell(int column, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Number number -> sheet.value(row, column, number);
            case Boolean yes -> sheet.value(row, column, yes);
            case LocalDate day -> {
                sheet.value(row, column, day);
                sheet.style(row, column).format("yyyy-mm-dd").set();
            }
            case Instant instant -> {
                sheet.value(row, column, instant.atOffset(ZoneOffset.UTC).toLocalDateTime());
                sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
            }
            default -> sheet.inlineString(row, column, shorten(FormulaGuard.add(value.toString())));
        }
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private void next() throws IOException {
        row++;
        if (row % ROWS_KEPT == 0) {
            sheet.flush();
        }
    }

    @Override
    public void close() throws IOException {
        sheet.finish();
        workbook.finish();
    }
}
