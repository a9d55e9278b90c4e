package io.perennial.platform.records.web;

import io.perennial.platform.records.Limits;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Describes the record types to clients: paths, columns and answers, made from the registry. */
@Component
class RecordOpenApi implements OpenApiCustomizer {

    private final Records records;

    RecordOpenApi(Records records) {
        this.records = records;
    }

    @Override
    public void customise(OpenAPI api) {
        api.info(new Info()
                .title("Perennial")
                .version("v1")
                .description("Records of a customer success platform: read, write, list, in bulk."
                        + " Every refusal is an RFC 9457 problem; every answer tells the calls left.")
                .license(new License().name("Apache 2.0").identifier("Apache-2.0")));
        // Relative: the description is true wherever the server stands.
        api.setServers(List.of(new Server().url("/").description("This server")));
        new ApiWords().describe(api);
        ApiSchemas schemas = new ApiSchemas(api);
        schemas.addCommon();
        api.getComponents()
                .addSecuritySchemes(
                        "key",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key with the scope read or write."));
        api.setSecurity(List.of(new SecurityRequirement().addList("key")));
        for (RecordType type : records.types()) {
            describe(api, schemas, type);
        }
    }

    private void describe(OpenAPI api, ApiSchemas schemas, RecordType type) {
        api.addTagsItem(new Tag().name(type.title()).description(type.purpose()));
        boolean readable = records.readable(type);
        schemas.add(type, readable);
        String path = "/api/v1/" + type.name();
        PathItem one = new PathItem().put(put(schemas, type));
        if (readable) {
            // A module may have a command of its own at the same address: cases are opened there.
            PathItem all = api.getPaths() == null ? null : api.getPaths().get(path);
            api.path(path, (all == null ? new PathItem() : all).get(list(schemas, type)));
            one.get(get(schemas, type));
        }
        api.path(path + "/{externalId}", one);
        api.path(path + "/bulk", new PathItem().post(bulk(schemas, type)));
    }

    private static Operation list(ApiSchemas schemas, RecordType type) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(ApiSchemas.query("limit", "Records on a page, 1 to " + Limits.PAGE + ".", "100"));
        parameters.add(ApiSchemas.query("cursor", "The next of the page before; same filters, same order.", "AbC"));
        parameters.add(ApiSchemas.query(
                "sort", "A column, external_id, created_at or updated_at; a leading minus reverses.", "-updated_at"));
        parameters.add(ApiSchemas.query("fields", "Columns to answer, separated by commas; all by default.", "name"));
        parameters.add(ApiSchemas.query(
                "updated_since", "Only records written at or after this point in time.", "2026-03-31T14:05:00Z"));
        type.columns()
                .forEach(column -> parameters.add(ApiSchemas.query(
                        column.name(),
                        "Only records with this value; repeated, any of the values. " + column.description(),
                        column.example())));
        return operation(type, "list", "List " + words(type), List.of())
                .parameters(parameters)
                .responses(ok("200", "A page of records.", schemas.page(type), "400", "422"));
    }

    private static Operation get(ApiSchemas schemas, RecordType type) {
        return operation(type, "get", "Read one of the " + words(type), List.of(ApiSchemas.externalId(type)))
                .responses(ok("200", "The record; ETag holds its version.", schemas.record(type), "404", "422"));
    }

    private static Operation put(ApiSchemas schemas, RecordType type) {
        Operation put = operation(
                        type,
                        "put",
                        "Create or change one of the " + words(type),
                        List.of(
                                ApiSchemas.externalId(type),
                                ApiSchemas.idempotencyKey(),
                                ApiSchemas.header(
                                        "If-Match", "ETag of the record as it was read; refused when stale.", "\"3\"")))
                .description(type.purpose() + " Columns left out keep their value, null clears,"
                        + " equal values write nothing.")
                .requestBody(body(schemas.write(type), "The columns to set."));
        ApiResponses responses =
                ok("200", "Changed, or unchanged.", schemas.written(), "400", "404", "409", "412", "413", "415", "422");
        responses.addApiResponse("201", ApiSchemas.answer("Created.", schemas.written()));
        return put.responses(responses);
    }

    private static Operation bulk(ApiSchemas schemas, RecordType type) {
        return operation(type, "bulk", "Create or change many " + words(type), List.of(ApiSchemas.idempotencyKey()))
                .description("Up to %,d items in one transaction: valid ones are written, the others are answered."
                        .formatted(Limits.BULK_ITEMS))
                .requestBody(body(schemas.items(type), "The records, each with its external_id."))
                .responses(ok(
                        "200",
                        "What became of each item.",
                        schemas.results(),
                        "400",
                        "404",
                        "409",
                        "413",
                        "415",
                        "422"));
    }

    private static Operation operation(RecordType type, String verb, String summary, List<Parameter> parameters) {
        return new Operation()
                .operationId(verb + ApiSchemas.name(type))
                .summary(summary)
                .description(type.purpose())
                .addTagsItem(type.title())
                .parameters(new ArrayList<>(parameters));
    }

    private static RequestBody body(io.swagger.v3.oas.models.media.Schema<?> schema, String description) {
        return new RequestBody().required(true).description(description).content(ApiSchemas.json(schema));
    }

    private static ApiResponses ok(
            String status, String description, io.swagger.v3.oas.models.media.Schema<?> schema, String... problems) {
        ApiResponses responses = new ApiResponses();
        responses.addApiResponse(status, ApiSchemas.answer(description, schema));
        for (String problem : problems) {
            responses.addApiResponse(problem, ApiSchemas.problem(problem));
        }
        for (String always : List.of("401", "403", "429")) {
            responses.addApiResponse(always, ApiSchemas.problem(always));
        }
        return responses;
    }

    private static String words(RecordType type) {
        return type.title().toLowerCase(Locale.ROOT);
    }
}
