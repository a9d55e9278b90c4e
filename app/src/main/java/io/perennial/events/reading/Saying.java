package io.perennial.events.reading;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What an identify, group or alias says beside who it is about.
 *
 * @param event that says it
 * @param traits of the person or account; missing when there are none
 * @param company of the person, when the traits tell; an object with an {@code id}
 */
record Saying(
        Event event,
        JsonNode traits,
        JsonNode company,
        @Nullable String previous) {

    static final JsonMapper JSON = JsonMapper.shared();

    static Saying of(Event event) {
        JsonNode body = body(event);
        JsonNode traits = object(
                body.path("traits"),
                body.path("context").path("traits"),
                body.path("data").path("traits"));
        return new Saying(
                event,
                traits,
                event.kind() == Event.IDENTIFY ? object(traits.path("company")) : MissingNode.getInstance(),
                text(body.path("previousId")));
    }

    private static JsonNode body(Event event) {
        try {
            return event.body() == null ? MissingNode.getInstance() : JSON.readTree(event.body());
        } catch (JacksonException e) {
            return MissingNode.getInstance(); // the entrance lets none through; a row by hand may say anything
        }
    }

    private static JsonNode object(JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            if (candidate.isObject()) {
                return candidate;
            }
        }
        return MissingNode.getInstance();
    }

    /** The account that the person belongs to from now on, or that the group call is about. */
    @Nullable
    String account() {
        return event.account() != null ? event.account() : companyRef();
    }

    @Nullable
    String companyRef() {
        return text(company.path("id"));
    }

    /** Identifiers are often numbers where they come from. */
    private static @Nullable String text(JsonNode node) {
        if (!node.isString() && !node.isIntegralNumber()) {
            return null;
        }
        String text = node.asString().strip();
        return text.isEmpty() || text.length() > Event.LONGEST_REF ? null : text;
    }
}
