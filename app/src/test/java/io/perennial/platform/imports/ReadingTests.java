package io.perennial.platform.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.perennial.platform.imports.reading.CsvRows;
import io.perennial.platform.imports.reading.DateEvidence;
import io.perennial.platform.imports.reading.DateVerdict;
import io.perennial.platform.imports.reading.RawRow;
import io.perennial.platform.imports.reading.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTests {

    @TempDir
    Path folder;

    @Test
    void physicalLinesCountWhateverEndsThem() throws IOException {
        assertThat(rows("a,b\r\n\"x\r\ny\",1\r\n\r\nz,2\r\n"))
                .extracting(RawRow::line)
                .containsExactly(1L, 2L, 5L);
        assertThat(rows("a,b\rx,1\r\rz,2")).extracting(RawRow::line).containsExactly(1L, 2L, 4L);
        assertThat(rows("a,b\nx,\"1\n\n2\"\nz,2\n")).extracting(RawRow::line).containsExactly(1L, 2L, 5L);
    }

    @Test
    void quotesEmptyCellsAndBlanksAreReadAsSpreadsheetsWriteThem() throws IOException {
        assertThat(rows("a,\"b \"\"c\"\"\",, d ,\n").getFirst().cells()).containsExactly("a", "b \"c\"", "", "d", "");
        assertThat(rows("5\" pipe,x\n").getFirst().cells()).containsExactly("5\" pipe", "x");
    }

    @Test
    void aQuoteThatIsNeverClosedIsAFlawOfItsRow() throws IOException {
        RawRow.Flaw flaw = rows("a,b\n1,\"oops\n2,x\n").get(1).flaw();

        assertThat(flaw).isNotNull().extracting(RawRow.Flaw::code).isEqualTo("unclosed_quote");
    }

    @Test
    void aLineOfFiftyMegabytesCostsLessThanTwentyOfMemory() throws IOException {
        Path file = folder.resolve("long.csv");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("external_id,name\n1,".getBytes(StandardCharsets.UTF_8));
            byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 50; i++) {
                out.write(piece);
            }
            out.write("\n2,Beta\n".getBytes(StandardCharsets.UTF_8));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Inspection found = Inspector.inspect(new SourceFile(file), null, null);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20L << 20);
        assertThat(found.rows()).isEqualTo(2);
    }

    @Test
    void encodingAndCompressionAreFoundByLookingAtTheBytes() throws IOException {
        String text = "external_id,name\n1,Café €\n";
        assertThat(encoding(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("UTF-8");
        assertThat(encoding(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo("UTF-8");
        assertThat(encoding(text.getBytes(Charset.forName("windows-1252")))).isEqualTo("windows-1252");
        assertThat(encoding(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("UTF-16LE");
        assertThat(encoding(text.getBytes(StandardCharsets.UTF_16BE))).isEqualTo("UTF-16BE");
        Path packed = folder.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Inspector.inspect(new SourceFile(packed), null, null).headers())
                .extracting(Header::key)
                .containsExactly("external_id", "name");
    }

    @Test
    void datesAreUnclearOnlyWhenTheyReallyAre() {
        assertThat(verdict("03/04/2026", "05/06/2026").kind()).isEqualTo(DateVerdict.Kind.UNCLEAR);
        assertThat(verdict("03/04/2026", "25/06/2026").pattern()).isEqualTo("d/M/uuuu");
        assertThat(verdict("03/04/2026", "05/26/2026").pattern()).isEqualTo("M/d/uuuu");
        assertThat(verdict("03.04.2026").pattern()).isEqualTo("d.M.uuuu");
        assertThat(verdict("2026-04-03", "2026-04-03 10:00:00").kind()).isEqualTo(DateVerdict.Kind.ISO);
        assertThat(verdict("2012/10/09 14:50:17.000").pattern()).isEqualTo("uuuu/M/d[ H:mm[:ss[.SSS]]]");
        assertThat(verdict("1234", "10.0.0.1", "x").kind()).isEqualTo(DateVerdict.Kind.NONE);
    }

    private static DateVerdict verdict(String... values) {
        DateEvidence evidence = new DateEvidence();
        for (String value : values) {
            evidence.see(value);
        }
        return evidence.verdict();
    }

    private String encoding(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("file.csv"), bytes);
        Inspection found = Inspector.inspect(new SourceFile(file), null, null);
        assertThat(found.headers()).extracting(Header::key).containsExactly("external_id", "name");
        assertThat(found.headers().get(1).samples()).containsExactly("Café €");
        return String.valueOf(found.encoding());
    }

    private static List<RawRow> rows(String text) throws IOException {
        List<RawRow> rows = new ArrayList<>();
        try (CsvRows source = new CsvRows(new StringReader(text), ',')) {
            for (RawRow row = source.next(); row != null; row = source.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
