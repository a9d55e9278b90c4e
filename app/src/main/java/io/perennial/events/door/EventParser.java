package io.perennial.events.door;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a body once, without making a tree of it: takes out what the inbox has columns for and remembers where the text
 * of each event stands. What is wrong with one event stays with that event; what is wrong with the JSON refuses all.
 */
final class EventParser {

    /** Ours is stricter and counted for each event; this one only protects the parser. */
    private static final int PARSER_DEPTH = 1_000;

    /** Shorter numbers without exponent always fit a double. */
    private static final int SAFE_NUMBER = 300;

    /** Bytes of UTF-32. */
    private static final int LONGEST_CODE_UNIT = 4;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(PARSER_DEPTH)
                    .maxNameLength(DoorLimits.BODY_BYTES)
                    .maxNumberLength(DoorLimits.BODY_BYTES)
                    .maxStringLength(DoorLimits.BODY_BYTES)
                    .build())
            .build();

    private final byte[] bytes;
    private final int from;
    private final JsonParser json;
    private final List<RawEvent> events = new ArrayList<>();
    private @Nullable String sentAt;
    private @Nullable String writeKey;

    private EventParser(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.json = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from);
    }

    /** @param sentAt when the client sent the batch, by its clock */
    record Parsed(
            List<RawEvent> events,
            @Nullable String sentAt,
            @Nullable String writeKey) {}

    /**
     * Overwrites write keys in the body with stars, so that they are stored nowhere.
     *
     * @throws Refused when it is not JSON in UTF-8, not of this shape, or holds too many events
     */
    static Parsed parse(byte[] bytes, int length, Shape shape) throws Refused {
        boolean marked = length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        int from = marked ? 3 : 0;
        requireUtf8(bytes, from, length);
        try {
            return new EventParser(bytes, from, length).read(shape);
        } catch (StreamConstraintsException e) {
            throw Refused.badRequest("too_deep", "At most " + DoorLimits.DEPTH + " levels are read.");
        } catch (JacksonException e) {
            throw invalid(position(e));
        }
    }

    /** @throws Refused unless the bytes are one JSON value and nothing else */
    static void requireOneValue(byte[] bytes, int length) throws Refused {
        requireUtf8(bytes, 0, length);
        try (JsonParser value = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            require(value.nextToken() != null, "The data is one JSON value.");
            value.skipChildren();
            require(value.nextToken() == null, "Something follows behind the end.");
        } catch (StreamConstraintsException e) {
            throw Refused.badRequest("too_deep", "At most " + DoorLimits.DEPTH + " levels are read.");
        } catch (JacksonException e) {
            throw invalid(position(e));
        }
    }

    /**
     * The parser takes NUL among the first bytes for UTF-16 or UTF-32 and would read on in that, with other offsets than ours.
     * Such a text is valid UTF-8 too, but never JSON.
     */
    private static void requireUtf8(byte[] bytes, int from, int to) throws Refused {
        for (int i = from; i < Math.min(to, from + LONGEST_CODE_UNIT); i++) {
            if (bytes[i] == 0) {
                throw Refused.badRequest("invalid_utf8", "The body is UTF-16 or UTF-32; JSON is UTF-8.");
            }
        }
        if (!Utf8.isValid(bytes, from, to)) {
            throw Refused.badRequest("invalid_utf8", "The body is not valid UTF-8.");
        }
    }

    private static void require(boolean holds, String detail) throws Refused {
        if (!holds) {
            throw invalid(detail);
        }
    }

    private Parsed read(Shape shape) throws Refused {
        JsonToken first = json.nextToken();
        switch (shape) {
            case SINGLE -> {
                require(first, JsonToken.START_OBJECT, "The body is one JSON object: the event.");
                event(shape, true);
            }
            case BATCH -> {
                require(first, JsonToken.START_OBJECT, "The body is a JSON object with the list batch.");
                batch();
            }
            case CLOUD_EVENT -> {
                require(first, JsonToken.START_OBJECT, "The body is one JSON object: the event.");
                event(shape, false);
            }
            case CLOUD_BATCH -> {
                require(first, JsonToken.START_ARRAY, "The body is a JSON list of events.");
                list(Shape.CLOUD_EVENT);
            }
        }
        if (json.nextToken() != null) {
            throw invalid("Something follows behind the end.");
        }
        return new Parsed(events, sentAt, writeKey);
    }

    private void batch() throws Refused {
        boolean found = false;
        RawEvent envelope = new RawEvent(-1);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "batch" -> {
                    if (value != JsonToken.START_ARRAY || found) {
                        throw Refused.badRequest("missing_batch", "batch is one list of events.");
                    }
                    found = true;
                    list(Shape.SINGLE);
                }
                case "sentAt" -> sentAt = text(value, name, envelope);
                case "writeKey" -> writeKey = secret(value, envelope);
                default -> pass(value, envelope);
            }
        }
        if (!found) {
            throw Refused.badRequest("missing_batch", "The body needs batch, a list of events.");
        }
    }

    private void list(Shape shape) throws Refused {
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            if (events.size() == DoorLimits.BATCH_EVENTS) {
                throw Refused.badRequest(
                        "too_many_events_in_batch",
                        "At most %,d events are taken at once.".formatted(DoorLimits.BATCH_EVENTS));
            }
            if (item == JsonToken.START_OBJECT) {
                event(shape, false);
            } else {
                RawEvent event = begin();
                event.refuse("invalid_type", "An event is a JSON object.");
                pass(item, event);
                end(event);
            }
        }
    }

    private RawEvent begin() {
        RawEvent event = new RawEvent(events.size());
        event.start = from + (int) json.currentTokenLocation().getByteOffset();
        events.add(event);
        return event;
    }

    private void end(RawEvent event) {
        event.end = from + (int) json.currentLocation().getByteOffset();
    }

    private void event(Shape shape, boolean alone) {
        RawEvent event = begin();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (shape == Shape.CLOUD_EVENT) {
                cloudAttribute(event, name, value);
            } else {
                attribute(event, name, value, alone);
            }
        }
        end(event);
        if (shape == Shape.CLOUD_EVENT) {
            complete(event);
        }
    }

    private static void complete(RawEvent event) {
        if (event.version == null || event.messageId == null || event.origin == null || event.event == null) {
            event.refuse("not_a_cloud_event", "A CloudEvent has specversion, id, source and type.");
        }
        event.type = Kind.TRACK.text();
        event.userId = event.userId == null ? event.subject : event.userId;
    }

    private void attribute(RawEvent event, String name, JsonToken value, boolean alone) {
        switch (name) {
            case "type" -> event.type = text(value, name, event);
            case "messageId" -> event.messageId = text(value, name, event);
            case "userId" -> event.userId = text(value, name, event);
            case "anonymousId" -> event.anonymousId = text(value, name, event);
            case "groupId" -> event.groupId = text(value, name, event);
            case "previousId" -> event.previousId = text(value, name, event);
            case "event" -> event.event = text(value, name, event);
            case "name" -> event.name = text(value, name, event);
            case "timestamp" -> event.timestamp = text(value, name, event);
            case "originalTimestamp" -> event.originalTimestamp = text(value, name, event);
            case "sentAt" -> event.sentAt = text(value, name, event);
            case "writeKey" -> {
                String key = secret(value, event);
                writeKey = alone ? key : writeKey;
            }
            case "context" -> {
                if (value == JsonToken.START_OBJECT) {
                    walk(event, true);
                } else {
                    pass(value, event);
                }
            }
            default -> pass(value, event);
        }
    }

    /** {@code accountid}, {@code userid} and {@code anonymousid} are extensions of ours; subject stands in for a user. */
    private void cloudAttribute(RawEvent event, String name, JsonToken value) {
        switch (name) {
            case "specversion" -> event.version = text(value, name, event);
            case "id" -> event.messageId = text(value, name, event);
            case "source" -> event.origin = text(value, name, event);
            case "type" -> event.event = text(value, name, event);
            case "subject" -> event.subject = text(value, name, event);
            case "time" -> event.timestamp = text(value, name, event);
            case "userid" -> event.userId = text(value, name, event);
            case "anonymousid" -> event.anonymousId = text(value, name, event);
            case "accountid" -> event.groupId = text(value, name, event);
            default -> pass(value, event);
        }
    }

    /** Identifiers may be numbers; objects and lists never are. */
    private @Nullable String text(JsonToken value, String name, RawEvent event) {
        switch (value) {
            case VALUE_STRING:
                return json.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
                number(event);
                return json.getString();
            case VALUE_NULL:
                return null;
            default:
                event.refuse("invalid_type", name + " is a text.");
                pass(value, event);
                return null;
        }
    }

    private @Nullable String secret(JsonToken value, RawEvent event) {
        int start = from + (int) json.currentTokenLocation().getByteOffset() + 1;
        String key = text(value, "writeKey", event);
        if (value == JsonToken.VALUE_STRING) {
            int end = from + (int) json.currentLocation().getByteOffset() - 1;
            Arrays.fill(bytes, start, end, (byte) '*');
        }
        return key;
    }

    private void pass(JsonToken value, RawEvent event) {
        if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
            walk(event, false);
        } else if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT) {
            number(event);
        }
    }

    /** Through everything that is inside the object or list that has just begun. */
    private void walk(RawEvent event, boolean context) {
        int depth = 1;
        while (depth > 0) {
            switch (json.nextToken()) {
                case START_OBJECT, START_ARRAY -> {
                    depth++;
                    if (depth > DoorLimits.DEPTH) {
                        event.refuse("too_deep", "At most " + DoorLimits.DEPTH + " levels are read.");
                    }
                }
                case END_OBJECT, END_ARRAY -> depth--;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(event);
                case PROPERTY_NAME -> {
                    if (context && depth == 1 && json.currentName().equals("groupId")) {
                        JsonToken value = json.nextToken();
                        event.contextGroupId = text(value, "context.groupId", event);
                    }
                }
                default -> {
                    // Texts, true, false and null are as they are.
                }
            }
        }
    }

    /** What readers cannot hold would be infinite for whoever adds it up, or could never be read at all. */
    private void number(RawEvent event) {
        boolean plain = json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getStringLength() < SAFE_NUMBER;
        if (!plain && !Numbers.fit(json.getString())) {
            event.refuse("number_out_of_range", "A number is larger than 1.8e308 or has more than 1,000 decimals.");
        }
    }

    private static void require(@Nullable JsonToken found, JsonToken wanted, String detail) throws Refused {
        if (found != wanted) {
            throw invalid(detail);
        }
    }

    private static Refused invalid(String detail) {
        return Refused.badRequest("invalid_json", detail);
    }

    private static String position(JacksonException e) {
        return e.getLocation() == null
                ? "It ends too early or holds something that JSON does not know."
                : "Something is wrong at line %d, column %d."
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
}
