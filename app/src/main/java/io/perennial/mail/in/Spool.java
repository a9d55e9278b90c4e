package io.perennial.mail.in;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A letter on its way in lies on disk, not in memory. What a crash leaves there is nobody's: it was not acknowledged. */
@Component
class Spool {

    private final Path directory;

    Spool(@Value("${perennial.data}") Path data) {
        this.directory = data.resolve("mail");
    }

    /** A letter is larger than may be. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("The letter is too large.");
        }
    }

    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    @FunctionalInterface
    interface Use {
        void of(Path letter) throws IOException;
    }

    /** @throws TooLarge beyond so many bytes */
    void use(long mostBytes, Writer writer, Use use) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile(directory, "letter", ".eml");
        try {
            try (OutputStream out = new Limited(Files.newOutputStream(file), mostBytes)) {
                writer.write(out);
            }
            use.of(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    void use(long mostBytes, InputStream letter, Use use) throws IOException {
        use(mostBytes, letter::transferTo, use);
    }

    private static final class Limited extends OutputStream {

        private final OutputStream out;
        private long left;

        Limited(OutputStream out, long most) {
            this.out = out;
            this.left = most;
        }

        @Override
        public void write(int octet) throws IOException {
            count(1);
            out.write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            count(length);
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        private void count(int more) throws TooLarge {
            left -= more;
            if (left < 0) {
                throw new TooLarge();
            }
        }
    }
}
