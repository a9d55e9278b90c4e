package io.perennial.renewals.web;

import io.perennial.renewals.ForecastBoard.Month;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Specifications of the charts about renewals. */
final class RenewalCharts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RenewalCharts() {}

    /** What is expected of each month; each leads to its renewals. */
    static String forecast(List<Month> months, String currency) {
        ObjectNode chart = JSON.createObjectNode();
        chart.put("kind", "stack");
        ArrayNode labels = chart.putArray("labels");
        ArrayNode links = chart.putArray("links");
        months.forEach(month -> {
            labels.add(month.month().toString());
            links.add("/renewals?window=all&month=" + month.month() + "&currency=" + currency);
        });
        ArrayNode series = chart.putArray("series");
        add(series, "Renewed", "healthy", months, Month::renewed);
        add(series, "Commit", "accent", months, Month::commit);
        add(series, "Likely", "5", months, Month::likely);
        add(series, "At risk", "watch", months, Month::risk);
        add(series, "Called lost", "at-risk", months, Month::gone);
        add(series, "Unassessed", "7", months, Month::unassessed);
        add(series, "Lost", "6", months, Month::lost);
        chart.putObject("y").put("name", currency + " a year");
        return JSON.writeValueAsString(chart);
    }

    private static void add(
            ArrayNode series, String name, String color, List<Month> months, Function<Month, BigDecimal> amount) {
        ObjectNode one = series.addObject();
        one.put("name", name);
        one.put("color", color);
        ArrayNode values = one.putArray("values");
        months.forEach(month -> values.add(amount.apply(month).setScale(2, RoundingMode.HALF_UP)));
    }
}
