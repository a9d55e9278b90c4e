package io.perennial.platform.imports;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far an import has come.
 *
 * @param pass 1 for the file as it is, 2 and more for rows that wait for other rows
 * @param row the last row that is in, 0 for none
 */
record Checkpoint(int pass, long row) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static Checkpoint of(Optional<String> json) {
        if (json.isEmpty()) {
            return new Checkpoint(1, 0);
        }
        JsonNode node = JSON.readTree(json.get());
        return new Checkpoint(node.path("pass").asInt(1), node.path("row").asLong(0));
    }

    static String json(int pass, long row) {
        return "{\"pass\": " + pass + ", \"row\": " + row + "}";
    }
}
