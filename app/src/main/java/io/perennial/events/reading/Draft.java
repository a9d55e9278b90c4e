package io.perennial.events.reading;

import io.perennial.platform.records.Limits;
import io.perennial.platform.records.RecordRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What traits say about one account or contact, gathered over a batch: later sayings win, trait by trait. */
final class Draft {

    private static final int DEEPEST = 3;

    /** Traits by the column of accounts that holds them. */
    static final Map<String, String> OF_ACCOUNT =
            Map.of("name", "name", "industry", "industry", "website", "website", "country", "country");

    /** Traits by the column of contacts that holds them. */
    static final Map<String, String> OF_CONTACT = Map.of(
            "name", "name", "email", "email", "phone", "phone", "title", "title", "role", "title", "position", "title");

    /** Said elsewhere, or not worth a column. */
    private static final Set<String> LEFT_OUT = Set.of("id", "company", "firstName", "lastName");

    private final String externalId;
    private final Map<String, @Nullable Object> values = new TreeMap<>();
    private final Map<String, @Nullable Object> attributes = new TreeMap<>();

    Draft(String externalId) {
        this.externalId = externalId;
    }

    String externalId() {
        return externalId;
    }

    void say(JsonNode traits, Map<String, String> columns) {
        traits.forEachEntry((trait, value) -> {
            String column = columns.get(trait);
            if (column != null && isScalar(value)) {
                boolean own = column.equals(trait);
                if (own || !traits.has(column)) {
                    values.put(column, value.isNull() ? null : value.asString());
                }
            } else if (!LEFT_OUT.contains(trait)) {
                attribute(trait, value, 1);
            }
        });
        String first = traits.path("firstName").asString("");
        String last = traits.path("lastName").asString("");
        if (!traits.has("name") && columns.containsKey("name") && !(first + last).isBlank()) {
            values.put("name", (first + " " + last).strip());
        }
        if (values.get("name") == null) {
            values.remove("name"); // a name is never taken away
        }
    }

    void set(String column, String value) {
        values.put(column, value);
    }

    boolean has(String column) {
        return values.get(column) != null;
    }

    @Nullable
    String text(String column) {
        Object value = values.get(column);
        return value == null ? null : value.toString();
    }

    private static boolean isScalar(JsonNode value) {
        return value.isString() || value.isNumber() || value.isBoolean() || value.isNull();
    }

    private void attribute(String name, JsonNode value, int depth) {
        if (value.isObject() && depth < DEEPEST) {
            value.forEachEntry((inner, part) -> attribute(name + "." + inner, part, depth + 1));
        } else if (value.isArray()) {
            attributes.put(
                    name,
                    StreamSupport.stream(value.spliterator(), false)
                            .filter(Draft::isScalar)
                            .map(item -> item.asString(""))
                            .collect(Collectors.joining(", ")));
        } else if (value.isString()) {
            attributes.put(name, value.asString());
        } else if (value.isBoolean()) {
            attributes.put(name, value.asBoolean());
        } else if (value.isNumber()) {
            attributes.put(name, value.decimalValue());
        } else if (value.isNull()) {
            attributes.put(name, null);
        }
    }

    /** @return whether something was there to leave out */
    boolean leaveOut(String name) {
        if (name.equals("attributes") && !attributes.isEmpty()) {
            attributes.clear();
            return true;
        }
        // Problems show names shortened.
        String beginning = name.endsWith("…") ? name.substring(0, name.length() - 1) : name;
        boolean there = values.containsKey(name) && !name.equals("account");
        if (there) {
            values.remove(name);
        }
        return attributes
                        .keySet()
                        .removeIf(attribute -> attribute.strip().equals(name)
                                || (!beginning.equals(name) && attribute.startsWith(beginning)))
                || there;
    }

    RecordRow row(int number) {
        return new RecordRow(number, externalId, new TreeMap<>(values), new TreeMap<>(attributes));
    }

    UUID fingerprint() {
        return UUID.nameUUIDFromBytes((values + "\n" + attributes).getBytes(StandardCharsets.UTF_8));
    }

    /** More than fit are left out as a whole, in the order of their names. */
    List<String> tooMany() {
        List<String> over = attributes.keySet().stream().skip(Limits.ATTRIBUTES).toList();
        over.forEach(attributes::remove);
        return over;
    }
}
