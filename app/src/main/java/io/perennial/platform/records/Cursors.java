package io.perennial.platform.records;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Opaque positions in a list, signed so that only positions we gave out come back, to the list they came from. */
@Component
class Cursors {

    private static final int MAC_BYTES = 16;
    private static final int LONGEST = 4_000;

    private final SigningKeys keys;

    Cursors(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * @param value of the sort column as text, null when the row has none
     * @param id of the last row given
     */
    record Position(@Nullable String value, String id) {}

    String write(String list, Position position) {
        ArrayNode content = Json.array();
        content.add(Json.node(position.value())).add(position.id());
        byte[] body = content.toString().getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(mac(list, body), MAC_BYTES + body.length);
        System.arraycopy(body, 0, signed, MAC_BYTES, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /** @param list everything that makes the list: type, filters, order */
    Position read(String list, String cursor) {
        try {
            if (cursor.length() <= LONGEST) {
                byte[] signed = Base64.getUrlDecoder().decode(cursor);
                if (signed.length > MAC_BYTES) {
                    byte[] body = Arrays.copyOfRange(signed, MAC_BYTES, signed.length);
                    if (MessageDigest.isEqual(Arrays.copyOf(signed, MAC_BYTES), mac(list, body))) {
                        JsonNode content = Json.MAPPER.readTree(body);
                        JsonNode value = content.get(0);
                        return new Position(
                                value.isNull() ? null : value.stringValue(),
                                content.get(1).stringValue());
                    }
                }
            }
        } catch (IllegalArgumentException | JacksonException e) {
            throw bad(cursor);
        }
        throw bad(cursor);
    }

    private static RecordQuery.Refused bad(String cursor) {
        return new RecordQuery.Refused(
                "cursor",
                "bad_cursor",
                "This cursor is not one of this list. Start again without a cursor, with the same filters and order.",
                cursor);
    }

    private byte[] mac(String list, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.key("cursors"), "HmacSHA256"));
            mac.update(list.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(body), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC with SHA-256", e);
        }
    }
}
