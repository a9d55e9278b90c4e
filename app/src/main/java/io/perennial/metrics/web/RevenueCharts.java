package io.perennial.metrics.web;

import io.perennial.metrics.revenue.Ledger;
import io.perennial.metrics.revenue.Ledgers;
import io.perennial.metrics.revenue.Move;
import io.perennial.metrics.revenue.RevenueWords;
import io.perennial.metrics.web.RevenuePage.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Specifications of the charts about revenue. */
final class RevenueCharts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Map<Move, String> COLORS = Map.of(
            Move.NEW, "accent",
            Move.REACTIVATION, "4",
            Move.EXPANSION, "healthy",
            Move.PRICE_ESCALATOR, "3",
            Move.CONTRACTION, "watch",
            Move.CHURN, "at-risk",
            Move.FX, "2");

    private RevenueCharts() {}

    /** The movements of a period side by side; each leads to its customers. */
    static String bridge(Ledger ledger, List<Step> steps) {
        ObjectNode chart = JSON.createObjectNode();
        chart.put("kind", "bar");
        ArrayNode labels = chart.putArray("labels");
        ArrayNode links = chart.putArray("links");
        ObjectNode series = chart.putArray("series").addObject();
        series.put("name", "Revenue of a year, " + ledger.currency());
        series.put("color", "accent");
        ArrayNode values = series.putArray("values");
        steps.forEach(step -> {
            labels.add(step.move().title());
            links.add(step.url());
            values.add(cents(step.amount()));
        });
        return JSON.writeValueAsString(chart);
    }

    /** Movements of each month; empty unless there is one currency and more than one month. */
    static String months(Map<String, Ledgers> months) {
        List<String> currencies = months.values().stream()
                .flatMap(ledgers -> ledgers.currencies().stream())
                .distinct()
                .toList();
        if (currencies.size() != 1 || months.size() < 2) {
            return "";
        }
        ObjectNode chart = JSON.createObjectNode();
        chart.put("kind", "stack");
        ArrayNode labels = chart.putArray("labels");
        months.keySet().forEach(labels::add);
        ArrayNode series = chart.putArray("series");
        for (Move move : RevenueWords.bridge(months.values().stream()
                .flatMap(ledgers -> ledgers.each().stream())
                .toList())) {
            ObjectNode one = series.addObject();
            one.put("name", move.title());
            one.put("color", COLORS.get(move));
            ArrayNode values = one.putArray("values");
            months.values()
                    .forEach(ledgers -> values.add(
                            ledgers.isEmpty()
                                    ? BigDecimal.ZERO
                                    : cents(ledgers.each().getFirst().moved(move))));
        }
        chart.putObject("y").put("name", currencies.getFirst() + " a year");
        return JSON.writeValueAsString(chart);
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }
}
