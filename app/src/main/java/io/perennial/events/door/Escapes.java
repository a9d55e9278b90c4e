package io.perennial.events.door;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What JSON can say and PostgreSQL cannot hold: the NUL character, and halves of surrogate pairs. NUL is taken out, a
 * half becomes U+FFFD; everything else stays as it came.
 */
final class Escapes {

    private static final byte[] REPLACEMENT = "\\ufffd".getBytes(StandardCharsets.US_ASCII);
    private static final int ESCAPE = 6;

    private Escapes() {}

    /** The JSON text without them, or null when there are none. The text is valid JSON. */
    static byte @Nullable [] cleaned(byte[] json, int from, int to) {
        byte[] clean = null;
        int written = 0;
        int kept = from;
        int at = from;
        while (at < to) {
            if (json[at] != '\\') {
                at++;
                continue;
            }
            if (json[at + 1] != 'u') {
                at += 2;
                continue;
            }
            int unit = unit(json, at);
            boolean paired = unit >= 0xd800 && unit <= 0xdbff && isLow(json, at + ESCAPE, to);
            if (paired) {
                at += 2 * ESCAPE;
            } else if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff)) {
                // Never longer than what it replaces.
                clean = clean == null ? new byte[to - from] : clean;
                System.arraycopy(json, kept, clean, written, at - kept);
                written += at - kept;
                if (unit != 0) {
                    System.arraycopy(REPLACEMENT, 0, clean, written, ESCAPE);
                    written += ESCAPE;
                }
                at += ESCAPE;
                kept = at;
            } else {
                at += ESCAPE;
            }
        }
        if (clean == null) {
            return null;
        }
        System.arraycopy(json, kept, clean, written, to - kept);
        return Arrays.copyOf(clean, written + to - kept);
    }

    /** The same for a text that was read from JSON. */
    static String cleaned(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != 0 && !Character.isSurrogate(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(point -> point != 0)
                .forEach(point -> clean.appendCodePoint(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point));
        return clean.toString();
    }

    private static boolean isLow(byte[] json, int at, int to) {
        if (at + ESCAPE > to || json[at] != '\\' || json[at + 1] != 'u') {
            return false;
        }
        int unit = unit(json, at);
        return unit >= 0xdc00 && unit <= 0xdfff;
    }

    private static int unit(byte[] json, int at) {
        int unit = 0;
        for (int i = 2; i < ESCAPE; i++) {
            unit = unit << 4 | Character.digit(json[at + i], 16);
        }
        return unit;
    }
}
