package io.perennial.metrics.web;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Specifications of the charts about metrics. */
final class MetricCharts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MetricCharts() {}

    /** Empty when no month has a value. */
    static String months(Metric metric, List<Answer.Group> months) {
        if (months.stream().allMatch(month -> month.figure().value() == null)) {
            return "";
        }
        ObjectNode chart = JSON.createObjectNode();
        chart.put("kind", metric.unit() == Unit.CASES ? "bar" : "line");
        ArrayNode labels = chart.putArray("labels");
        months.forEach(month -> labels.add(month.name()));
        ArrayNode series = chart.putArray("series");
        if (metric.unit() == Unit.HOURS) {
            add(series, "Median", months, month -> hours(month, "p50"));
            add(series, "90 %", months, month -> hours(month, "p90"));
        } else {
            add(series, metric.name(), months, month -> value(month, metric.unit()));
        }
        ObjectNode axis = chart.putObject("y");
        axis.put("min", 0);
        if (metric.unit() == Unit.PERCENT || metric.unit() == Unit.SHARE) {
            // What customers grow by has no end; a share has.
            if (months.stream().allMatch(MetricCharts::isShare)) {
                axis.put("max", 100);
            }
            axis.put("unit", " %");
        }
        if (metric.unit() == Unit.HOURS) {
            axis.put("name", "hours");
        }
        return JSON.writeValueAsString(chart);
    }

    private static @Nullable BigDecimal value(Answer.Group month, Unit unit) {
        BigDecimal value = month.figure().value();
        return value == null || unit != Unit.SHARE ? value : value.movePointRight(2);
    }

    private static boolean isShare(Answer.Group month) {
        BigDecimal value = month.figure().value();
        return value == null || value.compareTo(Exact.HUNDRED) <= 0;
    }

    private static @Nullable BigDecimal hours(Answer.Group month, String percentile) {
        return month.figure().figures().get(percentile);
    }

    private static void add(
            ArrayNode series,
            String name,
            List<Answer.Group> months,
            Function<Answer.Group, @Nullable BigDecimal> value) {
        ObjectNode one = series.addObject();
        one.put("name", name);
        ArrayNode values = one.putArray("values");
        for (Answer.Group month : months) {
            BigDecimal number = value.apply(month);
            if (number == null) {
                values.addNull();
            } else {
                values.add(number.setScale(2, RoundingMode.HALF_UP));
            }
        }
    }
}
