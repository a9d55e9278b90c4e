package io.perennial.events.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What clients are told. Any page of any site may send events, so answers may be read from anywhere and hold no secret. */
@Component
class Reply {

    private static final byte[] SUCCESS = "{\"success\":true}".getBytes(StandardCharsets.US_ASCII);
    private static final Map<Integer, String> TITLES = Map.of(
            400, "The events were not taken",
            401, "A write key is needed",
            405, "Events are posted",
            408, "The body took too long",
            415, "The body cannot be read",
            429, "Too much at once",
            500, "Something went wrong on our side",
            503, "Not now");

    private static final int ERRORS_SHOWN = 100;

    private final JsonMapper json;

    Reply(JsonMapper json) {
        this.json = json;
    }

    static void headers(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Expose-Headers", "Retry-After");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    static void preflight(HttpServletResponse response) {
        headers(response);
        response.setHeader("Access-Control-Allow-Methods", "POST, OPTIONS");
        response.setHeader(
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, Content-Encoding, X-Retry-Count, AnonymousId");
        response.setHeader("Access-Control-Max-Age", "86400");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Segment's own answer, and beside it which events of the batch were refused. */
    void taken(HttpServletResponse response, int accepted, List<Refusal> refusals) throws IOException {
        headers(response);
        byte[] body = SUCCESS;
        if (!refusals.isEmpty()) {
            ObjectNode answer = json.createObjectNode();
            answer.put("success", true);
            answer.put("accepted", accepted);
            answer.put("refused", refusals.size());
            answer.set("errors", errors(refusals));
            body = json.writeValueAsBytes(answer);
        }
        write(response, HttpServletResponse.SC_OK, "application/json", body);
    }

    /** A request of which nothing was taken. */
    void refused(HttpServletRequest request, HttpServletResponse response, Refused refused, List<Refusal> refusals)
            throws IOException {
        headers(response);
        if (refused.retryAfter() > 0) {
            response.setHeader("Retry-After", String.valueOf(refused.retryAfter()));
        }
        if (refused.status() == HttpServletResponse.SC_UNAUTHORIZED && request.getHeader("Origin") == null) {
            // Not to browsers, which would ask their user for a password.
            response.setHeader("WWW-Authenticate", "Basic realm=\"events\"");
        }
        if (refused.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            response.setHeader("Allow", "POST, OPTIONS");
        }
        ObjectNode problem = json.createObjectNode();
        problem.put("type", "/problems/" + refused.code().replace('_', '-'));
        problem.put("title", TITLES.getOrDefault(refused.status(), "Refused"));
        problem.put("status", refused.status());
        problem.put("code", refused.code());
        problem.put("detail", refused.detail());
        if (refusals.size() > 1) {
            problem.set("errors", errors(refusals));
        }
        write(response, refused.status(), "application/problem+json", json.writeValueAsBytes(problem));
    }

    private ArrayNode errors(List<Refusal> refusals) {
        ArrayNode errors = json.createArrayNode();
        refusals.stream()
                .limit(ERRORS_SHOWN)
                .forEach(refusal -> errors.addObject()
                        .put("index", refusal.index())
                        .put("code", refusal.code())
                        .put("message", refusal.detail()));
        return errors;
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
