package io.perennial.platform.records.web;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.Limits;
import io.perennial.platform.records.RecordType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Schemas of OpenAPI 3.1 for record types, their answers and problems. */
final class ApiSchemas {

    private static final Map<String, String> PROBLEMS = Map.of(
            "400", "The request is malformed: JSON, UTF-8, cursor or Idempotency-Key.",
            "401", "No API key, or one that is not valid.",
            "403", "The key lacks the scope, or may not write this record.",
            "404", "There is no such record or type.",
            "409", "The first call with this Idempotency-Key still runs, or what it asks for is finished already.",
            "412", "The record was changed since it was read.",
            "413", "The body is too large.",
            "415", "The body is not application/json in UTF-8.",
            "422", "Values cannot be accepted; errors names each of them.",
            "429", "Too many calls; see Retry-After.");

    private final Components components;

    ApiSchemas(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(new Components());
        }
        this.components = api.getComponents();
    }

    void addCommon() {
        Schema<?> error = object("One thing that is wrong.")
                .addProperty("field", text("Column, parameter or header; empty when the whole is meant.", "email"))
                .addProperty("code", text("Stable, for programs.", "not_an_email"))
                .addProperty(
                        "message", text("What is wrong and what would be right.", "This is not an e-mail address."))
                .addProperty("value", text("As it arrived, shortened.", "ana"));
        components.addSchemas("Error", error);
        components.addSchemas(
                "Problem",
                object("RFC 9457 problem details.")
                        .addProperty("type", text("Kind of problem, a relative URI.", "/problems/not-an-email"))
                        .addProperty("title", text("The kind in words.", "The record was not written"))
                        .addProperty("status", integer("The HTTP status.", 422))
                        .addProperty("detail", text("What happened here.", "This is not an e-mail address."))
                        .addProperty("instance", text("The path of the call.", "/api/v1/team-members/m-1"))
                        .addProperty("errors", array("Each thing that is wrong.", reference("Error"))));
        components.addSchemas(
                "Written",
                object("What became of a record.")
                        .addProperty("external_id", text("Your identifier.", "a-1"))
                        .addProperty("result", text("created, updated or unchanged.", "created"))
                        .addProperty("id", text("Our identifier.", "0199b2c4-7d0e-7cc3-98c4-dc0c0c07398f")));
        components.addSchemas(
                "Result",
                object("What became of one item.")
                        .addProperty("index", integer("Position of the item, from 0.", 0))
                        .addProperty("external_id", text("Your identifier.", "a-1"))
                        .addProperty("result", text("created, updated, unchanged or invalid.", "created"))
                        .addProperty(
                                "id",
                                text("Our identifier; absent when invalid.", "0199b2c4-7d0e-7cc3-98c4-dc0c0c07398f"))
                        .addProperty("errors", array("What is wrong with it; absent when valid.", reference("Error"))));
        components.addSchemas(
                "Results",
                object("What became of the items.")
                        .addProperty("created", integer("Items that are new records.", 1))
                        .addProperty("updated", integer("Items that changed a record.", 0))
                        .addProperty("unchanged", integer("Items that said what was known.", 0))
                        .addProperty("invalid", integer("Items that were not written.", 0))
                        .addProperty("results", array("One per item, in order.", reference("Result"))));
    }

    void add(RecordType type, boolean readable) {
        Schema<?> write = columns(type, object(type.purpose()), false);
        components.addSchemas(name(type) + "Write", write);
        Schema<?> item = object(type.purpose()).addProperty("external_id", externalIdText());
        item.setRequired(List.of("external_id"));
        components.addSchemas(name(type) + "Item", columns(type, item, false));
        components.addSchemas(
                name(type) + "Items",
                object("Records to write.")
                        .addProperty("items", array("The records.", reference(name(type) + "Item"))));
        if (readable) {
            Schema<?> record = object(type.purpose()).addProperty("external_id", externalIdText());
            columns(type, record, true)
                    .addProperty("id", text("Our identifier.", "0199b2c4-7d0e-7cc3-98c4-dc0c0c07398f"))
                    .addProperty(
                            "created_at",
                            text("First written at.", "2026-03-31T14:05:00Z").format("date-time"))
                    .addProperty(
                            "updated_at",
                            text("Last written at.", "2026-03-31T14:05:00Z").format("date-time"))
                    .addProperty("version", integer("Rises with each change; the ETag.", 1));
            components.addSchemas(name(type), record);
            components.addSchemas(
                    name(type) + "Page",
                    object("A page of records.")
                            .addProperty("records", array("The records.", reference(name(type))))
                            .addProperty("next", nullable(text("Cursor of the next page; null at the end.", "AbC"))));
        }
    }

    private static Schema<?> columns(RecordType type, Schema<?> schema, boolean read) {
        List<String> needed = new ArrayList<>();
        for (Column column : type.columns()) {
            schema.addProperty(column.name(), column(column));
        }
        Schema<?> attributes = object("Values of your own, up to %d: texts, numbers, true or false; null removes."
                .formatted(Limits.ATTRIBUTES));
        attributes.setAdditionalProperties(new JsonSchema()
                .types(types("string", "number", "boolean", "null"))
                .description("Text of up to %,d characters, number, true or false."
                        .formatted(Limits.ATTRIBUTE_VALUE_LENGTH)));
        attributes.setExample(Map.of("favourite_colour", "blue"));
        schema.addProperty("attributes", attributes);
        if (read) {
            needed.add("external_id");
            schema.setRequired(needed);
        }
        return schema;
    }

    private static Schema<?> column(Column column) {
        String needed = column.required() ? " A new record needs it." : "";
        Schema<?> schema = switch (column.type()) {
            case INTEGER -> new JsonSchema().types(types("integer"));
            case DECIMAL, MONEY -> new JsonSchema().types(types("number", "string"));
            case BOOLEAN -> new JsonSchema().types(types("boolean"));
            case TEXT_LIST -> {
                Schema<?> list = new JsonSchema().types(types("array"));
                list.setItems(text("One of several.", column.example().split("\\|", 2)[0]));
                yield list;
            }
            default -> new JsonSchema().types(types("string"));
        };
        switch (column.type()) {
            case DATE -> schema.setFormat("date");
            case INSTANT -> schema.setFormat("date-time");
            case EMAIL -> schema.setFormat("email");
            case TEXT -> schema.setMaxLength(column.maxLength());
            case REFERENCE -> schema.setMaxLength(Limits.EXTERNAL_ID_LENGTH);
            default -> {}
        }
        String choices = column.allowed().isEmpty() ? "" : " One of: " + String.join(", ", column.allowed()) + ".";
        String points = column.type() == ColumnType.REFERENCE
                ? " External id of one of the %s.".formatted(column.references())
                : "";
        schema.setDescription(column.description() + choices + points + needed);
        schema.setExample(example(column));
        return column.required() ? schema : nullable(schema);
    }

    private static Object example(Column column) {
        String example = column.example();
        return switch (column.type()) {
            case INTEGER, DECIMAL, MONEY -> number(example);
            case BOOLEAN -> Boolean.valueOf(example);
            case TEXT_LIST -> List.of(example.split("\\|"));
            default -> example;
        };
    }

    private static Object number(String example) {
        try {
            return new BigDecimal(example);
        } catch (NumberFormatException e) {
            return example;
        }
    }

    static String name(RecordType type) {
        StringBuilder name = new StringBuilder();
        for (String word : type.name().split("-")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }

    Schema<?> page(RecordType type) {
        return reference(name(type) + "Page");
    }

    Schema<?> record(RecordType type) {
        return reference(name(type));
    }

    Schema<?> write(RecordType type) {
        return reference(name(type) + "Write");
    }

    Schema<?> items(RecordType type) {
        return reference(name(type) + "Items");
    }

    Schema<?> written() {
        return reference("Written");
    }

    Schema<?> results() {
        return reference("Results");
    }

    static Parameter query(String name, String description, String example) {
        return new Parameter()
                .in("query")
                .name(name)
                .description(description)
                .example(example)
                .schema(plainText());
    }

    static Parameter header(String name, String description, String example) {
        return new Parameter()
                .in("header")
                .name(name)
                .description(description)
                .example(example)
                .schema(plainText());
    }

    static Parameter externalId(RecordType type) {
        return new Parameter()
                .in("path")
                .name("externalId")
                .required(true)
                .description("Your identifier among the %s. One with a slash goes through bulk.".formatted(type.name()))
                .example("a-1")
                .schema(plainText());
    }

    static Parameter idempotencyKey() {
        return header(
                "Idempotency-Key",
                "Up to %d characters: the same call again gets the same answer for %d hours."
                        .formatted(Limits.IDEMPOTENCY_KEY_LENGTH, Limits.IDEMPOTENCY_HOURS),
                "8e03978e-40d5-43e8-bc93-6894a57f9324");
    }

    static Content json(Schema<?> schema) {
        return new Content().addMediaType("application/json", new MediaType().schema(schema));
    }

    static ApiResponse answer(String description, Schema<?> schema) {
        return limited(new ApiResponse().description(description).content(json(schema)));
    }

    static ApiResponse problem(String status) {
        return limited(new ApiResponse()
                .description(PROBLEMS.getOrDefault(status, "A problem."))
                .content(new Content()
                        .addMediaType("application/problem+json", new MediaType().schema(reference("Problem")))));
    }

    private static ApiResponse limited(ApiResponse response) {
        return response.addHeaderObject("RateLimit-Limit", count("Calls in a period."))
                .addHeaderObject("RateLimit-Remaining", count("Calls left in this period."))
                .addHeaderObject("RateLimit-Reset", count("Seconds until the period ends."));
    }

    private static Header count(String description) {
        return new Header().description(description).schema(new JsonSchema().types(types("integer")));
    }

    private static Schema<?> externalIdText() {
        Schema<?> text = text("Your identifier, unique among the records of this type.", "a-1");
        text.setMaxLength(Limits.EXTERNAL_ID_LENGTH);
        return text;
    }

    private static Schema<?> plainText() {
        return new JsonSchema().types(types("string"));
    }

    private static Schema<?> text(String description, String example) {
        Schema<?> schema = plainText();
        schema.setDescription(description);
        schema.setExample(example);
        return schema;
    }

    private static Schema<?> integer(String description, int example) {
        Schema<?> schema = new JsonSchema().types(types("integer"));
        schema.setDescription(description);
        schema.setExample(example);
        return schema;
    }

    private static Schema<?> object(String description) {
        Schema<?> schema = new JsonSchema().types(types("object"));
        schema.setDescription(description);
        return schema;
    }

    private static Schema<?> array(String description, Schema<?> items) {
        Schema<?> schema = new JsonSchema().types(types("array"));
        schema.setDescription(description);
        schema.setItems(items);
        return schema;
    }

    private static Schema<?> nullable(Schema<?> schema) {
        schema.addType("null");
        return schema;
    }

    private static Schema<?> reference(String name) {
        return new JsonSchema().$ref("#/components/schemas/" + name);
    }

    private static Set<String> types(String... types) {
        return new LinkedHashSet<>(List.of(types));
    }
}
