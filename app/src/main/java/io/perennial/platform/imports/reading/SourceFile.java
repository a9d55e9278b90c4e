package io.perennial.platform.imports.reading;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A stored upload: what it is (by its bytes, not its name) and how to read its rows, as often as needed. */
public final class SourceFile {

    /** Unpacked bytes; a small gzip that unpacks to more is an attack or a mistake. */
    private static final long MOST_BYTES = 8L << 30;

    private static final int GZIP = 0x1f8b;
    private static final int ZIP = 0x504b;

    private final Path path;
    private final int magic;

    public SourceFile(Path path) throws IOException {
        this.path = path;
        try (InputStream file = Files.newInputStream(path)) {
            byte[] head = file.readNBytes(8);
            this.magic = head.length < 2 ? 0 : (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
            if (head.length >= 4 && magic == 0xD0CF) {
                throw new UnreadableFile(
                        "old_excel", "This is a workbook of Excel 97 to 2003. Save it as .xlsx or .csv and try again.");
            }
        }
    }

    public boolean isWorkbook() {
        return magic == ZIP;
    }

    /** Empty for a workbook, which brings its own, and when no encoding fits. */
    public Optional<Charset> encoding() throws IOException {
        if (isWorkbook()) {
            return Optional.empty();
        }
        try (InputStream bytes = bytes()) {
            return Encodings.detect(bytes);
        }
    }

    public char delimiter(Charset encoding) throws IOException {
        try (Reader reader = text(encoding)) {
            return Delimiters.detect(reader);
        }
    }

    /**
     * @param encoding ignored for a workbook
     * @param delimiter ignored for a workbook
     */
    public RowSource rows(@Nullable Charset encoding, char delimiter) throws IOException {
        if (isWorkbook()) {
            return new WorkbookRows(path);
        }
        if (encoding == null) {
            throw new UnreadableFile("unknown_encoding", "The file's encoding is not clear: choose one.");
        }
        return new CsvRows(text(encoding), delimiter);
    }

    private Reader text(Charset encoding) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(bytes(), 64 * 1024);
        bytes.mark(4);
        int mark = Encodings.markLength(bytes.readNBytes(3));
        bytes.reset();
        bytes.skipNBytes(mark);
        return new InputStreamReader(
                bytes,
                encoding.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
    }

    private InputStream bytes() throws IOException {
        InputStream file = Files.newInputStream(path);
        return magic == GZIP ? new Capped(new GZIPInputStream(file, 64 * 1024)) : file;
    }

    private static final class Capped extends FilterInputStream {
        private long left = MOST_BYTES;

        Capped(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            count(1);
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new UnreadableFile("file_too_large", "Unpacked, the file is larger than 8 GB.");
            }
        }
    }
}
