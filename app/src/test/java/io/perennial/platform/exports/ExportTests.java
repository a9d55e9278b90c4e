package io.perennial.platform.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

class ExportTests {

    @Test
    void textThatASpreadsheetWouldRunGetsAQuoteAndLosesItAgain() {
        for (String text : List.of("=1+1", "+49 30", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1", "'=1", "''-x")) {
            assertThat(FormulaGuard.add(text)).isEqualTo("'" + text);
            assertThat(FormulaGuard.remove(FormulaGuard.add(text))).isEqualTo(text);
        }
        for (String text : List.of("Acme", "", "'t Hooft", "a=b", "1-2", "'")) {
            assertThat(FormulaGuard.add(text)).isEqualTo(text);
            assertThat(FormulaGuard.remove(text)).isEqualTo(text);
        }
    }

    @Test
    void csvKeepsNumbersAsNumbersAndGuardsText() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableWriter table = new CsvTable(out)) {
            table.header(List.of("name", "arr", "on"));
            table.row(Arrays.asList("=1+1", new BigDecimal("-1250.00"), LocalDate.of(2026, 11, 24)));
            table.row(Arrays.asList("a \"b\",\nc", null, null));
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("name,arr,on\r\n'=1+1,-1250.00,2026-11-24\r\n\"a \"\"b\"\",\nc\",,\r\n");
    }

    @Test
    void aWorkbookHoldsNumbersDatesAndGuardedText() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableWriter table = new WorkbookTable(out, "Accounts")) {
            table.header(List.of("name", "arr", "on"));
            for (int i = 0; i < 1_200; i++) {
                table.row(Arrays.asList("=" + i, new BigDecimal("-1250.5"), LocalDate.of(2026, 11, 24)));
            }
        }

        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows).hasSize(1_201);
            assertThat(rows.get(1).getCellText(0)).isEqualTo("'=0");
            assertThat(rows.get(1_200).getCellAsNumber(1)).contains(new BigDecimal("-1250.5"));
            assertThat(rows.get(1_200).getCellAsDate(2).orElseThrow().toLocalDate())
                    .isEqualTo("2026-11-24");
        }
    }
}
