package io.perennial.events.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What text the inbox can hold. */
class TextTests {

    @Test
    void agreesWithTheDecoderOfTheJdkAboutUtf8() {
        Random dice = new Random(7);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[dice.nextInt(12)];
            // Leading and continuing bytes often enough to meet every rule.
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (dice.nextInt(3) == 0 ? dice.nextInt(256) : 0x80 + dice.nextInt(128));
            }
            boolean expected = decodes(bytes);
            valid += expected ? 1 : 0;
            assertThat(Utf8.isValid(bytes, 0, bytes.length))
                    .as("%s", (Object) bytes)
                    .isEqualTo(expected);
        }
        assertThat(valid).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "a\\u0000b, ab",
                "\\u0000, ~~",
                "\\\\u0000, \\\\u0000",
                "\\\\\\u0000x, \\\\x",
                "\\ud83d\\ude00, \\ud83d\\ude00",
                "\\ud83d, \\ufffd",
                "\\ude00\\ud83d, \\ufffd\\ufffd",
                "\\ud83d\\ud83d\\ude00, \\ufffd\\ud83d\\ude00",
                "\\uD83DA, \\ufffdA",
                "\\n\\u00e9\\\", \\n\\u00e9\\\""
            })
    void takesOutWhatPostgresqlCannotHold(String json, String kept) {
        byte[] bytes = ("\"" + json + "\"").getBytes(StandardCharsets.UTF_8);
        byte[] cleaned = Escapes.cleaned(bytes, 0, bytes.length);
        String result = new String(cleaned == null ? bytes : cleaned, StandardCharsets.UTF_8);
        assertThat(result).isEqualTo("\"" + kept + "\"");
        assertThat(cleaned == null).isEqualTo(json.equals(kept));
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
