package io.perennial.mail.in;

import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes of a text part as characters, whatever the sender says they are. */
final class Texts {

    /** Of one part; what is longer is cut and said to be. */
    static final int MOST_BYTES = 1024 * 1024;

    private static final String CUT = "\n[The rest of this letter was too long and is not shown.]";
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private Texts() {}

    static String read(InputStream content, @Nullable String declared) throws IOException {
        byte[] bytes = content.readNBytes(MOST_BYTES + 1);
        boolean cut = bytes.length > MOST_BYTES;
        int length = Math.min(bytes.length, MOST_BYTES);
        String text = decode(bytes, length, declared, cut);
        return (cut ? text + CUT : text).replace("\u0000", "");
    }

    private static String decode(byte[] bytes, int length, @Nullable String declared, boolean cut) {
        Charset charset = charset(declared);
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            return new String(bytes, 0, length, charset);
        }
        // Said to be ASCII or UTF-8, or nothing was said: believed as long as it is true.
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(cut ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, 0, length, WINDOWS);
        }
    }

    private static @Nullable Charset charset(@Nullable String declared) {
        if (declared == null || declared.strip().equalsIgnoreCase("us-ascii")) {
            return null;
        }
        try {
            return Charset.forName(MimeUtility.javaCharset(declared.strip()));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
