package io.perennial.platform.records.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Words and refusals for the operations that springdoc finds in other controllers. They stand in
 * {@code api-words.properties}; a test names what is missing.
 */
final class ApiWords {

    private final Properties words = new Properties();

    ApiWords() {
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(ApiWords.class.getResourceAsStream("/api-words.properties")),
                StandardCharsets.UTF_8)) {
            words.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void describe(OpenAPI api) {
        if (api.getPaths() != null) {
            api.getPaths()
                    .forEach((path, item) ->
                            item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
        }
        Components components = api.getComponents();
        if (components != null && components.getSchemas() != null) {
            components.getSchemas().forEach(this::describe);
        }
    }

    private void describe(String path, PathItem.HttpMethod method, Operation operation) {
        String[] said = words.getProperty(method.name().toLowerCase(Locale.ROOT) + "." + path, "")
                .split(" - ", 2);
        if (blank(operation.getSummary())) {
            operation.setSummary(said[0]);
        }
        if (blank(operation.getDescription())) {
            operation.setDescription(said.length > 1 ? said[1] : operation.getSummary());
        }
        if (operation.getParameters() != null) {
            for (Parameter parameter : operation.getParameters()) {
                if (blank(parameter.getDescription())) {
                    parameter.setDescription(words.getProperty("parameter." + parameter.getName()));
                }
            }
        }
        refuse(path, method, operation.getResponses());
    }

    private static void refuse(String path, PathItem.HttpMethod method, ApiResponses responses) {
        List<String> refusals = new ArrayList<>(List.of("400", "401", "403", "429"));
        if (path.contains("{")) {
            refusals.add("404");
        }
        if (method != PathItem.HttpMethod.GET) {
            refusals.addAll(List.of("409", "422"));
        }
        for (String status : refusals) {
            responses.putIfAbsent(status, ApiSchemas.problem(status));
        }
    }

    private void describe(String name, Schema<?> schema) {
        if (blank(schema.getDescription())) {
            schema.setDescription(words.getProperty(name));
        }
        @Nullable Map<String, Schema> properties = schema.getProperties();
        if (properties != null) {
            properties.forEach((property, content) -> {
                if (blank(content.getDescription())) {
                    content.setDescription(words.getProperty(name + "." + property));
                }
            });
        }
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
