package io.perennial.platform.records.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.People;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/**
 * The rules our API description keeps: what a client generator and a reader need. Missing words of an operation that is
 * no record go into {@code api-words.properties}.
 */
@ApiTest
class OpenApiTests {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @Autowired
    People people;

    JsonNode description;

    @BeforeEach
    void readsTheDescription() throws IOException {
        description = ApiCaller.of(people, "read").get("/api/openapi.json").json();
        // CI gives this file to a linter that others keep.
        Files.writeString(Path.of("target", "openapi.json"), description.toString());
    }

    @Test
    void speaksOpenApi31AndDescribesEveryType() {
        assertThat(description.path("openapi").asString()).startsWith("3.1");
        assertThat(description.path("info").path("description").asString()).isNotBlank();
        assertThat(description.path("paths").propertyNames())
                .contains(
                        "/api/v1/team-members",
                        "/api/v1/team-members/{externalId}",
                        "/api/v1/team-members/bulk",
                        "/api/v1/samples/bulk",
                        "/api/v1/events")
                .noneMatch(path -> path.contains("{type}"));
        // Listed as records of another help desk, opened as a customer's request of now.
        assertThat(description.path("paths").path("/api/v1/cases").propertyNames())
                .contains("get", "post");
        JsonNode member = description
                .path("components")
                .path("schemas")
                .path("TeamMembers")
                .path("properties");
        assertThat(member.path("email").path("format").asString()).isEqualTo("email");
        assertThat(member.path("role").path("description").asString()).contains("READ_ONLY");
    }

    @Test
    void everyOperationIsNamedExplainedAndSaysHowItRefuses() {
        List<String> findings = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        description
                .path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        String at = method + " " + path;
                        if (!ids.add(operation.path("operationId").asString(""))) {
                            findings.add(at + ": operationId missing or used twice");
                        }
                        for (String needed : List.of("summary", "description")) {
                            if (operation.path(needed).asString("").isBlank()) {
                                findings.add(at + ": no " + needed);
                            }
                        }
                        if (operation.path("tags").isEmpty()) {
                            findings.add(at + ": no tag");
                        }
                        operation.path("parameters").forEach(parameter -> {
                            if (parameter.path("description").asString("").isBlank()) {
                                findings.add(at + ": parameter "
                                        + parameter.path("name").asString() + " is not described");
                            }
                        });
                        judgeResponses(at, operation.path("responses"), findings);
                    }
                }));
        assertThat(findings).isEmpty();
    }

    private static void judgeResponses(String at, JsonNode responses, List<String> findings) {
        boolean refuses = false;
        for (String status : responses.propertyNames()) {
            JsonNode response = responses.path(status);
            if (response.path("description").asString("").isBlank()) {
                findings.add(at + " " + status + ": not described");
            }
            if (status.startsWith("4")) {
                refuses = true;
                if (!response.path("content").has("application/problem+json")) {
                    findings.add(at + " " + status + ": not a problem");
                }
            }
        }
        if (!refuses) {
            findings.add(at + ": no 4xx");
        }
    }

    @Test
    void everyPropertyIsDescribedAndEveryReferenceLeadsSomewhere() {
        List<String> findings = new ArrayList<>();
        JsonNode schemas = description.path("components").path("schemas");
        schemas.forEachEntry((name, schema) -> {
            if (schema.path("description").asString("").isBlank()) {
                findings.add(name + " is not described");
            }
            schema.path("properties").forEachEntry((property, content) -> {
                if (content.path("description").asString("").isBlank()) {
                    findings.add(name + "." + property + " is not described");
                }
                if (!content.has("type") && !content.has("$ref")) {
                    findings.add(name + "." + property + " has no type");
                }
            });
        });
        description.findValuesAsString("$ref").forEach(reference -> {
            if (!schemas.has(reference.replace("#/components/schemas/", ""))) {
                findings.add("nothing at " + reference);
            }
        });
        assertThat(findings).isEmpty();
    }
}
