package io.perennial.platform.imports.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out how a text file is encoded: by its byte order mark, by the zero bytes of UTF-16, by being strictly valid
 * UTF-8 from beginning to end, else as Windows-1252, which Excel writes. Guesses nothing beyond that.
 */
public final class Encodings {

    public static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final int HEAD = 4096;
    private static final boolean[] NOT_IN_1252 = new boolean[256];

    static {
        for (int b : new int[] {0x81, 0x8D, 0x8F, 0x90, 0x9D}) {
            NOT_IN_1252[b] = true;
        }
    }

    private Encodings() {}

    /** @return empty when no encoding reads the bytes without loss; then a person has to say */
    public static Optional<Charset> detect(InputStream file) throws IOException {
        byte[] head = file.readNBytes(HEAD);
        Optional<Charset> marked = marked(head);
        if (marked.isPresent()) {
            return marked;
        }
        Optional<Charset> wide = wide(head);
        return wide.isPresent() ? wide : narrow(head, file);
    }

    /** Length of the byte order mark that the bytes begin with. */
    public static int markLength(byte[] head) {
        if (head.length >= 3 && (head[0] & 0xFF) == 0xEF && (head[1] & 0xFF) == 0xBB && (head[2] & 0xFF) == 0xBF) {
            return 3;
        }
        if (head.length >= 2) {
            int mark = (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
            return mark == 0xFFFE || mark == 0xFEFF ? 2 : 0;
        }
        return 0;
    }

    private static Optional<Charset> marked(byte[] head) {
        return switch (markLength(head)) {
            case 3 -> Optional.of(StandardCharsets.UTF_8);
            case 2 -> Optional.of((head[0] & 0xFF) == 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
            default -> Optional.empty();
        };
    }

    private static Optional<Charset> wide(byte[] head) {
        int pairs = head.length / 2;
        int highZero = 0;
        int lowZero = 0;
        for (int i = 0; i + 1 < head.length; i += 2) {
            highZero += head[i] == 0 ? 1 : 0;
            lowZero += head[i + 1] == 0 ? 1 : 0;
        }
        if (pairs >= 4 && lowZero > pairs * 0.6 && highZero < pairs * 0.1) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        if (pairs >= 4 && highZero > pairs * 0.6 && lowZero < pairs * 0.1) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return Optional.empty();
    }

    private static Optional<Charset> narrow(byte[] head, InputStream rest) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        CharBuffer characters = CharBuffer.allocate(64 * 1024);
        bytes.put(head);
        boolean utf8 = true;
        boolean windows = noneMissing(head, head.length);
        boolean end = false;
        while (!end && (utf8 || windows)) {
            int before = bytes.position();
            int read = rest.read(bytes.array(), before, bytes.remaining());
            end = read < 0;
            if (!end) {
                bytes.position(before + read);
                windows = windows && noneMissing(bytes.array(), before, before + read);
            }
            bytes.flip();
            if (utf8) {
                CoderResult result = decoder.decode(bytes, characters.clear(), end);
                utf8 = !result.isError();
            }
            if (!utf8) {
                bytes.position(bytes.limit());
            }
            bytes.compact();
        }
        if (utf8) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        return windows ? Optional.of(WINDOWS_1252) : Optional.empty();
    }

    private static boolean noneMissing(byte[] bytes, int to) {
        return noneMissing(bytes, 0, to);
    }

    private static boolean noneMissing(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (NOT_IN_1252[bytes[i] & 0xFF]) {
                return false;
            }
        }
        return true;
    }
}
