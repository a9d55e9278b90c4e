package io.perennial.events.door;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * CloudEvents' binary mode: attributes stand in headers that begin with {@code ce-}, the body is the data alone. It is put
 * together to the structured form, and everything behind reads one form only.
 */
final class BinaryCloudEvent {

    private static final String PREFIX = "ce-";
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]{1,40}");
    private static final int MOST_ATTRIBUTES = 60;

    private BinaryCloudEvent() {}

    static boolean is(HttpServletRequest request) {
        return request.getHeader("ce-specversion") != null && !type(request).startsWith("application/cloudevents");
    }

    /**
     * @param length of the data in {@code body}
     * @throws Refused when the data is too large, or says that it is JSON and is not
     */
    static byte[] structured(HttpServletRequest request, byte[] body, int length) throws Refused {
        if (length > DoorLimits.EVENT_BYTES) {
            throw Refused.badRequest(
                    "event_too_large", "An event has at most %,d bytes.".formatted(DoorLimits.EVENT_BYTES));
        }
        ByteArrayOutputStream event = new ByteArrayOutputStream(length + 512);
        event.write('{');
        int attributes = 0;
        for (String header : Collections.list(request.getHeaderNames())) {
            String name = header.toLowerCase(Locale.ROOT);
            if (!name.startsWith(PREFIX)
                    || !ATTRIBUTE.matcher(name.substring(PREFIX.length())).matches()) {
                continue;
            }
            if (attributes++ == MOST_ATTRIBUTES) {
                throw Refused.badRequest(
                        "too_many_attributes", "At most %d headers of an event are read.".formatted(MOST_ATTRIBUTES));
            }
            text(event, name.substring(PREFIX.length()), decoded(request.getHeader(header)));
            event.write(',');
        }
        text(event, "datacontenttype", type(request));
        if (length > 0) {
            event.write(',');
            data(event, type(request), body, length);
        }
        event.write('}');
        return event.toByteArray();
    }

    private static void data(ByteArrayOutputStream event, String type, byte[] body, int length) throws Refused {
        if (isJson(type)) {
            EventParser.requireOneValue(body, length);
            event.writeBytes("\"data\":".getBytes(StandardCharsets.UTF_8));
            event.write(body, 0, length);
        } else if (type.startsWith("text/") && Utf8.isValid(body, 0, length)) {
            text(event, "data", new String(body, 0, length, StandardCharsets.UTF_8));
        } else {
            text(event, "data_base64", Base64.getEncoder().encodeToString(Arrays.copyOf(body, length)));
        }
    }

    private static boolean isJson(String type) {
        String media = type.split(";", 2)[0].strip();
        return media.isEmpty() || media.equals("application/json") || media.endsWith("+json");
    }

    private static void text(ByteArrayOutputStream event, String name, String value) {
        event.writeBytes(("\"" + name + "\":").getBytes(StandardCharsets.UTF_8));
        event.writeBytes(JsonMapper.shared().writeValueAsBytes(value));
    }

    private static String type(HttpServletRequest request) {
        @Nullable String type = request.getContentType();
        return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    }

    /** Headers carry UTF-8 as percent signs and digits; what is no such sequence stays as it is. */
    private static String decoded(@Nullable String value) {
        if (value == null || value.indexOf('%') < 0) {
            return value == null ? "" : value;
        }
        byte[] raw = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                plain.write(raw[i]);
            } else {
                plain.write(high << 4 | low);
                i += 2;
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }
}
