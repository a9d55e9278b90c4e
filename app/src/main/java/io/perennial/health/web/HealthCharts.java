package io.perennial.health.web;

import io.perennial.health.BandWeek;
import io.perennial.platform.web.Wording;
import java.util.List;
import java.util.function.ToLongFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Specifications of the charts about health. */
final class HealthCharts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HealthCharts() {}

    static String distribution(List<BandWeek> weeks) {
        ObjectNode spec = JSON.createObjectNode().put("kind", "stack");
        ArrayNode labels = spec.putArray("labels");
        weeks.forEach(week -> labels.add(Wording.day(week.week())));
        ArrayNode series = spec.putArray("series");
        series(series, "Healthy", "healthy", weeks, BandWeek::healthy);
        series(series, "Watch", "watch", weeks, BandWeek::watch);
        series(series, "At risk", "at-risk", weeks, BandWeek::atRisk);
        series(series, "Not enough data", "unknown", weeks, BandWeek::unknown);
        spec.putObject("y").put("name", "Accounts");
        return JSON.writeValueAsString(spec);
    }

    private static void series(
            ArrayNode series, String name, String color, List<BandWeek> weeks, ToLongFunction<BandWeek> value) {
        ObjectNode one = series.addObject().put("name", name).put("color", color);
        ArrayNode values = one.putArray("values");
        weeks.forEach(week -> values.add(value.applyAsLong(week)));
    }

    /** @param labels of the weeks, as many as values; negative values are gaps */
    static String trend(List<String> labels, short[] values, double watchFrom, double healthyFrom) {
        ObjectNode spec = JSON.createObjectNode().put("kind", "line");
        ArrayNode names = spec.putArray("labels");
        labels.forEach(names::add);
        ArrayNode points = spec.putArray("series")
                .addObject()
                .put("name", "Health")
                .put("color", "accent")
                .putArray("values");
        for (short value : values) {
            if (value < 0) {
                points.addNull();
            } else {
                points.add(value);
            }
        }
        spec.putObject("y").put("min", 0).put("max", 100);
        ArrayNode bands = spec.putArray("bands");
        bands.addObject().put("from", 0).put("to", watchFrom).put("color", "at-risk");
        bands.addObject().put("from", watchFrom).put("to", healthyFrom).put("color", "watch");
        bands.addObject().put("from", healthyFrom).put("to", 100).put("color", "healthy");
        return JSON.writeValueAsString(spec);
    }
}
