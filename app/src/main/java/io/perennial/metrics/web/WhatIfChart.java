package io.perennial.metrics.web;

import io.perennial.metrics.profit.WhatIf;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cost and revenue kept over the hours, the latter with its range. */
final class WhatIfChart {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WhatIfChart() {}

    static String of(WhatIf plan, String currency) {
        ObjectNode chart = JSON.createObjectNode();
        chart.put("kind", "line");
        ArrayNode labels = chart.putArray("labels");
        plan.curve().forEach(step -> labels.add(hours(step.hours())));
        ArrayNode series = chart.putArray("series");
        add(series, plan, "Cost", "at-risk", false, WhatIf.Step::cost);
        add(series, plan, "Kept", "accent", false, step -> profit(plan, step.likely()));
        add(series, plan, "at least", "accent", true, step -> profit(plan, step.low()));
        add(series, plan, "at most", "accent", true, step -> profit(plan, step.high()));
        chart.putObject("y").put("name", currency + " a year");
        return JSON.writeValueAsString(chart);
    }

    static String hours(BigDecimal hours) {
        return hours.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString() + " h";
    }

    private static BigDecimal profit(WhatIf plan, WhatIf.Outcome outcome) {
        return outcome.kept().multiply(plan.margin()).movePointLeft(2);
    }

    private static void add(
            ArrayNode series,
            WhatIf plan,
            String name,
            String color,
            boolean dashed,
            Function<WhatIf.Step, BigDecimal> value) {
        ObjectNode one = series.addObject();
        one.put("name", name);
        one.put("color", color);
        one.put("dashed", dashed);
        ArrayNode values = one.putArray("values");
        plan.curve().forEach(step -> values.add(value.apply(step).setScale(2, RoundingMode.HALF_UP)));
    }
}
