package io.perennial.events.door;

import io.perennial.events.Source;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any bytes at all, as a request of each shape: either the whole is refused with a reason, or each event is, or it becomes a
 * row that the inbox and jsonb take. Everything else is an error, which Jazzer finds by coverage.
 */
public final class EventParserFuzz {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final Source SOURCE = new Source(7, "Planner", "wk_", NOW, "Grace Hopper", null);
    private static final int TEXTS = 4;

    /** What numeric of PostgreSQL holds behind the point. */
    private static final int MOST_DECIMALS = 16_383;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(2 * DoorLimits.DEPTH)
                            .maxNumberLength(DoorLimits.EVENT_BYTES)
                            .build())
                    .build())
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private EventParserFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        for (Shape shape : Shape.values()) {
            take(input.clone(), shape);
        }
    }

    private static void take(byte[] body, Shape shape) {
        EventParser.Parsed parsed;
        try {
            parsed = EventParser.parse(body, body.length, shape);
        } catch (Refused refused) {
            require(refused.status() == 400 && !refused.detail().isBlank(), "refused without a reason");
            return;
        }
        List<RawEvent> events = parsed.events();
        require(events.size() <= DoorLimits.BATCH_EVENTS, "more events than are taken at once");
        int before = 0;
        for (RawEvent event : events) {
            require(event.start >= before && event.end > event.start, "events overlap");
            before = event.end;
        }
        require(before <= body.length, "an event ends behind the body");
        Judge judge = new Judge(SOURCE, NOW, body, body.length, events.size(), 1);
        Kind implied = shape == Shape.SINGLE ? Kind.TRACK : null;
        events.forEach(event -> judge.judge(event, implied, parsed.sentAt()));
        require(judge.accepted() + judge.refusals().size() == events.size(), "neither taken nor refused");
        Parcel parcel = judge.parcel();
        rows(parcel.rows(), judge.accepted(), shape == Shape.SINGLE || shape == Shape.BATCH);
    }

    private static void rows(@Nullable CopyRows rows, int accepted, boolean segment) {
        if (rows == null) {
            require(accepted == 0, "taken without a row");
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(rows.bytes(), 0, rows.length());
        for (int row = 0; row < accepted; row++) {
            require(bytes.getShort() == 4 + 2 + TEXTS + 1, "columns");
            skip(bytes, 4);
            skip(bytes, 8);
            skip(bytes, 4);
            skip(bytes, 16);
            skip(bytes, 2);
            skip(bytes, 8);
            for (int i = 0; i < TEXTS; i++) {
                String text = text(bytes);
                require(text == null || (!text.isBlank() && text.indexOf(0) < 0), "an empty text or one with NUL");
                require(text == null || text.length() <= DoorLimits.ID_LENGTH, "a text that is too long");
            }
            String event = text(bytes);
            require(event != null && event.length() <= DoorLimits.EVENT_BYTES, "an event that is too large");
            JsonNode node = JSON.readTree(event);
            castable(node, 0);
            JsonNode key = node.path("writeKey");
            require(!segment || !key.isString() || key.stringValue().matches("\\**"), "a write key is kept");
        }
        require(!bytes.hasRemaining(), "something behind the last row");
    }

    private static void skip(ByteBuffer bytes, int length) {
        require(bytes.getInt() == length, "length of a column");
        bytes.position(bytes.position() + length);
    }

    private static @Nullable String text(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0) {
            return null;
        }
        ByteBuffer own = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(own);
            return text.toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalStateException("no UTF-8", malformed);
        }
    }

    /** What jsonb does not take: NUL, halves of a pair, numbers beyond numeric. */
    private static void castable(JsonNode node, int depth) {
        require(depth <= DoorLimits.DEPTH + 1, "too deep");
        if (node.isString()) {
            clean(node.stringValue());
        } else if (node.isNumber()) {
            require(node.decimalValue().scale() <= MOST_DECIMALS, "more decimals than numeric holds");
            require(!Double.isInfinite(node.doubleValue()), "infinite");
        }
        node.propertyNames().forEach(EventParserFuzz::clean);
        node.forEach(child -> castable(child, depth + 1));
    }

    private static void clean(String text) {
        require(text.indexOf(0) < 0, "NUL");
        require(StandardCharsets.UTF_8.newEncoder().canEncode(text), "half a pair");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
