package io.perennial.events.web;

import io.perennial.events.SourceTraffic.Span;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Specifications of the charts about a source. */
final class SourceCharts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SourceCharts() {}

    static String volume(List<Span> spans, Function<Span, String> label) {
        ObjectNode spec = JSON.createObjectNode().put("kind", "stack");
        ArrayNode labels = spec.putArray("labels");
        spans.forEach(span -> labels.add(label.apply(span)));
        ArrayNode series = spec.putArray("series");
        ArrayNode accepted = series.addObject()
                .put("name", "Accepted")
                .put("color", "accent")
                .putArray("values");
        spans.forEach(span -> accepted.add(span.accepted()));
        ArrayNode refused = series.addObject()
                .put("name", "Refused")
                .put("color", "at-risk")
                .putArray("values");
        spans.forEach(span -> refused.add(span.refused()));
        spec.putObject("y").put("name", "Events");
        return JSON.writeValueAsString(spec);
    }
}
