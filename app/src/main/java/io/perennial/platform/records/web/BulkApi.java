package io.perennial.platform.records.web;

import io.perennial.platform.records.Limits;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.platform.web.Answers;
import io.perennial.platform.web.Answers.Answer;
import io.perennial.platform.web.ApiBody;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.CurrentActor;
import io.perennial.shared.Actor;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Many records of one type in one call and one transaction: valid items are written, the others are answered. */
@RestController
@Hidden
class BulkApi {

    private static final Set<String> KNOWN = Set.of("items");

    private final Records records;
    private final Answers answers;
    private final ObjectProvider<CurrentActor> actors;

    BulkApi(Records records, Answers answers, ObjectProvider<CurrentActor> actors) {
        this.records = records;
        this.answers = answers;
        this.actors = actors;
    }

    @PostMapping("/api/v1/{type}/bulk")
    ResponseEntity<byte[]> bulk(@PathVariable String type, HttpServletRequest request) {
        RecordType recordType = records.type(type)
                .orElseThrow(() -> new ApiProblem(
                        404, "unknown_type", "There is no such type of record", "Nothing is known as " + type + "."));
        byte[] body = ApiBody.read(request, Limits.BULK_BODY_BYTES);
        ArrayNode items = items(ApiBody.object(body));
        Actor actor = actors.getObject().actor();
        return answers.once(request, body, actor, () -> write(recordType, items, actor));
    }

    private static ArrayNode items(ObjectNode body) {
        for (String name : body.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw refused(name, "unknown_column", "Only \"items\" is read here.");
            }
        }
        JsonNode items = body.get("items");
        if (!(items instanceof ArrayNode array)) {
            throw refused("items", items == null ? "required" : "wrong_type", "Must be an array of records.");
        }
        if (array.size() > Limits.BULK_ITEMS) {
            throw refused(
                    "items",
                    "too_many_items",
                    "At most %,d items in one call; this has %,d.".formatted(Limits.BULK_ITEMS, array.size()));
        }
        return array;
    }

    private static ApiProblem refused(String field, String code, String message) {
        return new ApiProblem(
                422,
                code,
                "The items were not read",
                message,
                List.of(new ApiProblem.Field(field, code, message, "")),
                Map.of());
    }

    private Answer write(RecordType type, ArrayNode items, Actor actor) {
        List<RecordItems.Item> read = new ArrayList<>(items.size());
        List<RecordRow> rows = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            RecordItems.Item one = RecordItems.read(type, read.size(), null, item);
            read.add(one);
            if (one.problems().isEmpty()) {
                rows.add(one.row());
            }
        }
        String summary = "%,d %s received over the API"
                .formatted(items.size(), type.title().toLowerCase(Locale.ROOT));
        List<RowOutcome> outcomes =
                records.upsert(type, rows, actor, new Records.Write(null, summary, Records.Formats.ISO));
        return answer(read, outcomes);
    }

    private static Answer answer(List<RecordItems.Item> read, List<RowOutcome> outcomes) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode answer = nodes.objectNode();
        int[] counts = new int[Result.values().length];
        ArrayNode results = nodes.arrayNode(read.size());
        int next = 0;
        for (RecordItems.Item item : read) {
            RowOutcome outcome = item.problems().isEmpty()
                    ? outcomes.get(next++)
                    : new RowOutcome(
                            item.row().number(),
                            shortened(item.row().externalId()),
                            Result.INVALID,
                            null,
                            item.problems());
            counts[outcome.result().ordinal()]++;
            results.add(result(nodes, item.row().number(), outcome));
        }
        for (Result result : Result.values()) {
            answer.put(name(result), counts[result.ordinal()]);
        }
        answer.set("results", results);
        boolean written = counts[Result.INVALID.ordinal()] < read.size();
        return new Answer(200, answer.toString().getBytes(StandardCharsets.UTF_8), written, Map.of());
    }

    private static ObjectNode result(JsonNodeFactory nodes, long index, RowOutcome outcome) {
        ObjectNode result = nodes.objectNode();
        result.put("index", index).put("external_id", outcome.externalId()).put("result", name(outcome.result()));
        if (outcome.id() != null) {
            result.put("id", outcome.id().toString());
        }
        if (!outcome.problems().isEmpty()) {
            ArrayNode errors = result.putArray("errors");
            RecordApi.fields(outcome.problems())
                    .forEach(field -> errors.addObject()
                            .put("field", field.field())
                            .put("code", field.code())
                            .put("message", field.message())
                            .put("value", field.value()));
        }
        return result;
    }

    private static String shortened(String externalId) {
        return externalId.length() <= Limits.EXTERNAL_ID_LENGTH
                ? externalId
                : externalId.substring(0, Limits.EXTERNAL_ID_LENGTH);
    }

    private static String name(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
