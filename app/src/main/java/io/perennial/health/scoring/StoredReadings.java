package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Reading;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Readings as JSON, the same text for the same readings, so that a digest tells whether anything changed. */
final class StoredReadings {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private StoredReadings() {}

    static String write(AccountReadings account) {
        ObjectNode root = JSON.createObjectNode();
        root.put("segment", account.segment());
        root.put("stage", account.stage());
        ObjectNode known = root.putObject("readings");
        new TreeMap<>(account.readings())
                .forEach((measure, reading) -> known.putArray(measure)
                        .add(reading.value())
                        .add(reading.observedOn().toString())
                        .add(reading.evidence()));
        names(root, "not_applicable", account.notApplicable());
        names(root, "not_connected", account.notConnected());
        return JSON.writeValueAsString(root);
    }

    static UUID digest(String json) {
        return UUID.nameUUIDFromBytes(json.getBytes(StandardCharsets.UTF_8));
    }

    static AccountReadings read(String json) {
        JsonNode root = JSON.readTree(json);
        Map<String, Reading> known = new HashMap<>();
        root.path("readings")
                .properties()
                .forEach(entry -> known.put(
                        entry.getKey(),
                        new Reading(
                                entry.getValue().get(0).doubleValue(),
                                LocalDate.parse(entry.getValue().get(1).stringValue()),
                                entry.getValue().get(2).stringValue())));
        return new AccountReadings(
                root.path("segment").stringValue(""),
                stage(root),
                known,
                names(root, "not_applicable"),
                names(root, "not_connected"));
    }

    private static @Nullable String stage(JsonNode root) {
        JsonNode stage = root.path("stage");
        return stage.isString() ? stage.stringValue() : null;
    }

    private static void names(ObjectNode root, String field, Set<String> names) {
        ArrayNode array = root.putArray(field);
        new TreeSet<>(names).forEach(array::add);
    }

    private static Set<String> names(JsonNode root, String field) {
        Set<String> names = new HashSet<>();
        root.path(field).forEach(name -> names.add(name.stringValue()));
        return names;
    }
}
