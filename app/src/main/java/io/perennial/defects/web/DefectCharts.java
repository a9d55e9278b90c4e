package io.perennial.defects.web;

import io.perennial.defects.Pareto;
import io.perennial.defects.Pareto.By;
import io.perennial.defects.Pareto.Of;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The specification of the Pareto chart. */
final class DefectCharts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DefectCharts() {}

    static String pareto(Pareto pareto) {
        ObjectNode spec = JSON.createObjectNode().put("kind", "bar");
        ArrayNode labels = spec.putArray("labels");
        ArrayNode links = spec.putArray("links");
        ObjectNode bars =
                JSON.createObjectNode().put("name", pareto.of().title()).put("color", "accent");
        ObjectNode line = JSON.createObjectNode()
                .put("name", "Running share")
                .put("color", "watch")
                .put("over", true);
        ArrayNode values = bars.putArray("values");
        ArrayNode shares = line.putArray("values");
        for (Pareto.Bar bar : pareto.bars()) {
            labels.add(label(pareto, bar));
            links.add(link(pareto, bar));
            values.add(bar.value());
            shares.add(Math.round(bar.share()));
        }
        spec.putArray("series").add(bars).add(line);
        spec.putObject("y").put("unit", pareto.of() == Of.CASES ? "" : pareto.unit());
        return JSON.writeValueAsString(spec);
    }

    /** Short under the bar: a defect by its number. */
    private static String label(Pareto pareto, Pareto.Bar bar) {
        return pareto.by() == By.DEFECT && !bar.gathered()
                ? bar.title().substring(0, bar.title().indexOf(' '))
                : bar.title();
    }

    static String link(Pareto pareto, Pareto.Bar bar) {
        if (bar.gathered()) {
            return "/defects";
        }
        return switch (pareto.by()) {
            case DEFECT -> "/defects/" + bar.key();
            case CAUSE -> "/defects?cause=" + encoded(bar.key().isEmpty() ? "unknown" : bar.key()) + "#list";
            case PRODUCT -> bar.key().isEmpty() ? "/defects#list" : "/defects?product=" + encoded(bar.key()) + "#list";
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
