package io.perennial.metrics.web;

import io.perennial.metrics.BadInput;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Form;
import io.perennial.metrics.Input;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The calculator of a metric's page: its fields, and what comes out. Its address holds all that was typed. */
public record Calculator(
        int form,
        List<Choice> forms,
        List<Field> fields,
        @Nullable Figure result,
        @Nullable String definition,
        @Nullable String problem) {

    /** Prefix of the parameters that hold numbers. */
    static final String PREFIX = "in.";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** One way to hand over the numbers. */
    public record Choice(int number, String title, boolean chosen) {}

    public record Field(
            Input input, String id, String value, @Nullable String error) {}

    static @Nullable Calculator of(Metrics metrics, Metric metric, Map<String, String> parameters) {
        if (metric.forms().isEmpty()) {
            return null;
        }
        int chosen = number(parameters.getOrDefault("form", "0"), metric.forms().size());
        Form form = metric.forms().get(chosen);
        boolean asked = parameters.keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
        Figure result = null;
        BadInput bad = null;
        if (asked) {
            try {
                result = metrics.evaluate(metric, body(form, parameters)).figure();
            } catch (BadInput e) {
                bad = e;
            }
        }
        List<Field> fields = new ArrayList<>();
        boolean named = false;
        for (Input input : form.inputs()) {
            boolean here = bad != null && bad.field().split("[.\\[]", 2)[0].equals(input.name());
            named |= here;
            String usual = input.kind().single() ? unquoted(input.example()) : input.example();
            fields.add(new Field(
                    input,
                    "in-" + input.name(),
                    asked ? parameters.getOrDefault(PREFIX + input.name(), "") : usual,
                    here && bad != null ? bad.words() : null));
        }
        return new Calculator(
                chosen,
                choices(metric, chosen),
                fields,
                result,
                metric.definition(form.definition()).map(Definition::title).orElse(null),
                bad == null || named ? null : bad.words());
    }

    private static List<Choice> choices(Metric metric, int chosen) {
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < metric.forms().size(); i++) {
            Form form = metric.forms().get(i);
            choices.add(new Choice(
                    i,
                    metric.definition(form.definition()).orElseThrow().title() + " from "
                            + String.join(
                                    ", ",
                                    form.inputs().stream()
                                            .filter(Input::required)
                                            .map(input -> input.name().replace('_', ' '))
                                            .toList()),
                    i == chosen));
        }
        return choices;
    }

    private static ObjectNode body(Form form, Map<String, String> parameters) {
        ObjectNode body = JSON.createObjectNode();
        body.put(Metrics.DEFINITION, form.definition());
        for (Input input : form.inputs()) {
            String text = parameters.getOrDefault(PREFIX + input.name(), "").strip();
            if (!text.isEmpty()) {
                body.set(input.name(), node(input, text));
            }
        }
        return body;
    }

    private static JsonNode node(Input input, String text) {
        if (input.kind() == Input.Kind.TEXT || input.kind() == Input.Kind.CHOICE) {
            return JSON.getNodeFactory().stringNode(text);
        }
        boolean list = input.kind() == Input.Kind.NUMBERS && !text.startsWith("[");
        try {
            return JSON.readTree(list ? "[" + text + "]" : text);
        } catch (JacksonException e) {
            throw new BadInput(
                    input.name(), "unreadable", "This is not " + input.kind().words() + ".", text);
        }
    }

    private static String unquoted(String example) {
        return example.startsWith("\"") ? example.substring(1, example.length() - 1) : example;
    }

    private static int number(String text, int forms) {
        try {
            return Math.clamp(Integer.parseInt(text), 0, forms - 1);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
