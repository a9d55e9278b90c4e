package io.perennial.platform.records;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Before and after of a change, reduced to what differs; attributes one by one. */
record Differences(ObjectNode before, ObjectNode after) {

    static Differences between(ObjectNode before, ObjectNode after, Set<String> columns) {
        Differences differences = new Differences(Json.object(), Json.object());
        for (String column : columns) {
            differences.add(differences.before, differences.after, column, before.get(column), after.get(column));
        }
        Differences attributes = new Differences(Json.object(), Json.object());
        JsonNode earlier = before.path("attributes");
        JsonNode later = after.path("attributes");
        earlier.propertyNames()
                .forEach(name ->
                        attributes.add(attributes.before, attributes.after, name, earlier.get(name), later.get(name)));
        later.propertyNames().forEach(name -> {
            if (earlier.get(name) == null) {
                attributes.add(attributes.before, attributes.after, name, null, later.get(name));
            }
        });
        if (!attributes.before.isEmpty()) {
            differences.before.set("attributes", attributes.before);
            differences.after.set("attributes", attributes.after);
        }
        return differences;
    }

    private void add(
            ObjectNode before,
            ObjectNode after,
            String name,
            @org.jspecify.annotations.Nullable JsonNode earlier,
            @org.jspecify.annotations.Nullable JsonNode later) {
        JsonNode was = earlier == null ? Json.node(null) : earlier;
        JsonNode is = later == null ? Json.node(null) : later;
        boolean same =
                was.isNumber() && is.isNumber() ? was.decimalValue().compareTo(is.decimalValue()) == 0 : was.equals(is);
        if (!same) {
            before.set(name, was);
            after.set(name, is);
        }
    }
}
