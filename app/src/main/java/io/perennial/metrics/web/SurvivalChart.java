package io.perennial.metrics.web;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.formula.KaplanMeier;
import io.perennial.metrics.revenue.Lifetimes.Curve;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Specification of the chart of survival curves: percent left by months, as steps. */
final class SurvivalChart {

    /** So many groups can be told apart. */
    static final int MOST_CURVES = 7;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SurvivalChart() {}

    /** Whether enough are observed for anything to be said. */
    static boolean told(Curve curve, int months) {
        return curve.customers() >= Figure.TINY && (months == 0 || curve.atRisk(months) >= Figure.TINY);
    }

    /**
     * One curve with its interval, or the largest groups without.
     *
     * @param months up to which something is said
     * @return empty when there is nothing to draw
     */
    static String of(Curve total, Map<String, Curve> groups, Map<String, String> names, int months) {
        if (months < 1) {
            return "";
        }
        ObjectNode chart = JSON.createObjectNode();
        chart.put("kind", "step");
        ArrayNode labels = chart.putArray("labels");
        for (int month = 0; month <= months; month++) {
            labels.add("Month " + month);
        }
        ArrayNode series = chart.putArray("series");
        if (groups.isEmpty()) {
            add(series, "Left", "accent", false, total, months, KaplanMeier.Point::left);
            add(series, "at least", "unknown", true, total, months, point -> bound(point, true));
            add(series, "at most", "unknown", true, total, months, point -> bound(point, false));
        } else {
            groups.entrySet().stream().limit(MOST_CURVES).forEach(group -> {
                String color = String.valueOf(series.size() + 1);
                add(
                        series,
                        names.getOrDefault(group.getKey(), group.getKey()),
                        color,
                        false,
                        group.getValue(),
                        months,
                        KaplanMeier.Point::left);
            });
        }
        ObjectNode axis = chart.putObject("y");
        axis.put("min", 0);
        axis.put("max", 100);
        axis.put("unit", "%");
        return JSON.writeValueAsString(chart);
    }

    private static @Nullable Double bound(KaplanMeier.Point point, boolean lower) {
        var interval = point.interval();
        return interval == null ? null : (lower ? interval.from() : interval.to()).doubleValue();
    }

    private static void add(
            ArrayNode series,
            String name,
            String color,
            boolean dashed,
            Curve curve,
            int months,
            Function<KaplanMeier.Point, @Nullable Double> value) {
        ObjectNode one = series.addObject();
        one.put("name", name);
        one.put("color", color);
        one.put("dashed", dashed);
        ArrayNode values = one.putArray("values");
        for (int month = 0; month <= months; month++) {
            Double share = told(curve, month) ? curve.after(month).map(value).orElse(null) : null;
            if (share == null) {
                values.addNull();
            } else {
                values.add(percent(share));
            }
        }
    }

    static BigDecimal percent(double share) {
        return BigDecimal.valueOf(share).multiply(Exact.HUNDRED).setScale(1, RoundingMode.HALF_UP);
    }
}
