package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON bodies strictly: bounded, valid UTF-8, no repeated keys, nothing behind the end. */
public final class ApiBody {

    public static final int DEPTH = 64;

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNameLength(1_000)
                            .maxNumberLength(200)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ApiBody() {}

    /** @throws ApiProblem 413 beyond the limit, 415 when it is not plain JSON */
    public static byte[] read(HttpServletRequest request, int limit) {
        requireJson(request);
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        try {
            byte[] body = request.getInputStream().readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLarge(limit);
            }
            return body;
        } catch (IOException e) {
            throw new ApiProblem(400, "incomplete_body", "The body did not arrive", "The connection ended early.");
        }
    }

    /** @throws ApiProblem 400 when it is not JSON in UTF-8, 422 when it is too deep or not an object */
    public static ObjectNode object(byte[] body) {
        requireUtf8(body);
        try {
            JsonNode node = STRICT.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (StreamConstraintsException e) {
            throw new ApiProblem(
                    422, "too_deep", "The JSON is too deep or too long", "At most " + DEPTH + " levels are read.");
        } catch (JacksonException e) {
            throw new ApiProblem(400, "malformed_json", "The body is not valid JSON", position(e));
        }
        throw new ApiProblem(422, "wrong_type", "The body must be a JSON object", "It starts with { and ends with }.");
    }

    private static String position(JacksonException e) {
        return e.getLocation() == null
                ? "It ends too early or holds something that JSON does not know."
                : "Something is wrong at line %d, column %d."
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static void requireJson(HttpServletRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            throw new ApiProblem(
                    415, "unsupported_encoding", "The body is compressed", "Send it without Content-Encoding.");
        }
        try {
            MediaType type =
                    request.getContentType() == null ? null : MediaType.parseMediaType(request.getContentType());
            if (type != null
                    && type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8))) {
                return;
            }
        } catch (InvalidMediaTypeException e) {
            throw notJson();
        }
        throw notJson();
    }

    private static ApiProblem notJson() {
        return new ApiProblem(
                415,
                "unsupported_media_type",
                "Only JSON is read here",
                "Send Content-Type: application/json, in UTF-8.");
    }

    private static ApiProblem tooLarge(int limit) {
        return new ApiProblem(
                413,
                "body_too_large",
                "The body is too large",
                "At most %,d bytes are read. Send fewer records at once.".formatted(limit));
    }

    private static void requireUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new ApiProblem(400, "invalid_utf8", "The body is not valid UTF-8", "Encode it as UTF-8.");
        }
    }
}
