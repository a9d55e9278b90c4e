package io.perennial.platform.exports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV after RFC 4180 in UTF-8, as {@link TableWriter} writes it. */
public final class CsvTable implements TableWriter {

    private final BufferedWriter text;
    private final CsvWriter csv;

    public CsvTable(OutputStream out) {
        this.text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 32 * 1024);
        this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    }

    @Override
    public void header(List<String> titles) {
        csv.writeRecord(titles.stream().map(FormulaGuard::add).toList());
    }

    @Override
    public void row(List<? extends @Nullable Object> values) {
        csv.writeRecord(values.stream().map(CsvTable::cell).toList());
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            default -> FormulaGuard.add(value.toString());
        };
    }

    @Override
    public void close() throws IOException {
        csv.flush();
        text.flush();
    }
}
