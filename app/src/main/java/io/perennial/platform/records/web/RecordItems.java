package io.perennial.platform.records.web;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RowOutcome.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON object as a row. Strict: a name that is not a column belongs under {@code attributes}. */
final class RecordItems {

    private static final Set<String> READ_ONLY = Set.of("id", "created_at", "updated_at", "version");

    private RecordItems() {}

    /**
     * @param problems what is wrong with its shape; with any, the row must not be written
     */
    record Item(RecordRow row, List<Problem> problems) {}

    /** @param externalId from the path; null when the object must say it */
    static Item read(RecordType type, long number, @Nullable String externalId, JsonNode json) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>(0);
        String id = externalId == null ? "" : externalId;
        if (!json.isObject()) {
            problems.add(Problem.of("", "wrong_type", "Each item must be a JSON object.", json));
            return new Item(new RecordRow(number, id, values, attributes), problems);
        }
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            String name = property.getKey();
            JsonNode value = property.getValue();
            if (name.equals("external_id")) {
                id = externalId(externalId, value, problems);
            } else if (name.equals("attributes")) {
                readAttributes(value, attributes, problems);
            } else if (type.column(name).isPresent()) {
                values.put(name, raw(value));
            } else if (READ_ONLY.contains(name)) {
                problems.add(Problem.of(name, "read_only", "This is kept by Perennial; leave it out.", raw(value)));
            } else {
                problems.add(Problem.of(
                        name,
                        "unknown_column",
                        "There is no such column among the %s. Values of your own belong under attributes."
                                .formatted(type.name()),
                        raw(value)));
            }
        }
        return new Item(new RecordRow(number, id, values, attributes), problems);
    }

    private static String externalId(@Nullable String inPath, JsonNode value, List<Problem> problems) {
        if (!value.isString() && !value.isIntegralNumber()) {
            problems.add(Problem.of("external_id", "wrong_type", "Must be a text.", raw(value)));
            return inPath == null ? "" : inPath;
        }
        String id = value.asString();
        if (inPath != null && !inPath.equals(id)) {
            problems.add(Problem.of("external_id", "not_allowed", "Differs from the one in the path.", id));
        }
        return inPath == null ? id : inPath;
    }

    private static void readAttributes(
            JsonNode value, Map<String, @Nullable Object> attributes, List<Problem> problems) {
        if (value.isObject()) {
            value.properties().forEach(entry -> attributes.put(entry.getKey(), raw(entry.getValue())));
        } else {
            problems.add(Problem.of("attributes", "wrong_type", "Must be a JSON object.", raw(value)));
        }
    }

    private static @Nullable Object raw(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            BigInteger number = node.bigIntegerValue();
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
        }
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>(node.size());
            node.forEach(item -> list.add(raw(item)));
            return list;
        }
        return node.isString() ? node.stringValue() : node;
    }
}
