package io.perennial.platform.imports.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks at a workbook before any XML parser does: no document type (so no entities), no zip bomb. Workbooks never have
 * either, so nothing honest is refused.
 */
final class WorkbookGuard {

    private static final long MOST_BYTES = 2L << 30;
    private static final long MOST_SHARED_TEXT = 200L << 20;
    private static final int MOST_PARTS = 10_000;
    private static final byte[] DOCTYPE = "<!DOCTYPE".getBytes(StandardCharsets.US_ASCII);

    private WorkbookGuard() {}

    static void check(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            if (zip.getEntry("xl/workbook.xml") == null) {
                throw new UnreadableFile(
                        "not_a_workbook", "This is a zip file but no Excel workbook. Upload the file inside it.");
            }
            long left = MOST_BYTES;
            int parts = 0;
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (++parts > MOST_PARTS) {
                    throw new UnreadableFile("file_too_large", "The workbook has more than 10,000 parts.");
                }
                long most = entry.getName().endsWith("sharedStrings.xml") ? MOST_SHARED_TEXT : left;
                try (InputStream part = zip.getInputStream(entry)) {
                    left -= scan(part, most);
                }
            }
        } catch (ZipException broken) {
            UnreadableFile refused =
                    new UnreadableFile("broken_workbook", "This workbook is damaged: it is no complete zip file.");
            refused.initCause(broken);
            throw refused;
        }
    }

    /** Reads to the end, so that the size is the real one and not the one that the directory claims. */
    private static long scan(InputStream part, long most) throws IOException {
        byte[] bytes = new byte[32 * 1024];
        long size = 0;
        int matched = 0;
        for (int read; (read = part.read(bytes)) > 0; ) {
            size += read;
            if (size > most) {
                throw new UnreadableFile(
                        "file_too_large", "Unpacked, the workbook is too large. Save the sheet as .csv and try again.");
            }
            for (int i = 0; i < read; i++) {
                byte b = bytes[i];
                if (b == 0) {
                    continue; // the other half of a UTF-16 character
                }
                matched = b == DOCTYPE[matched] ? matched + 1 : b == DOCTYPE[0] ? 1 : 0;
                if (matched == DOCTYPE.length) {
                    throw new UnreadableFile(
                            "unsafe_workbook",
                            "This workbook contains a document type declaration, which could read files of the server."
                                    + " No spreadsheet program writes that; it was refused.");
                }
            }
        }
        return size;
    }
}
