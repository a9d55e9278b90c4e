package io.perennial.cancellations.web;

import io.perennial.cancellations.LossTrend.Moment;
import io.perennial.contracts.ReasonCategory.Family;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Customers lost by month, one colour for each group of reasons; months without a loss stand there too. */
public final class LossChart {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_MONTHS = 120;

    private LossChart() {}

    /** @param url of the losses of that month */
    public record Month(String name, Map<Family, Long> customers, String url) {

        public long all() {
            return customers.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    static List<Month> table(LossAsking asking, List<Moment> moments) {
        List<Month> months = new ArrayList<>();
        YearMonth last = YearMonth.from(asking.to().minusDays(1));
        YearMonth first = YearMonth.from(asking.from());
        YearMonth earliest = last.minusMonths(MOST_MONTHS - 1L);
        for (YearMonth month = first.isBefore(earliest) ? earliest : first;
                !month.isAfter(last);
                month = month.plusMonths(1)) {
            String name = month.toString();
            Map<Family, Long> customers = new EnumMap<>(Family.class);
            moments.stream()
                    .filter(moment -> moment.month().equals(name))
                    .forEach(moment -> customers.put(moment.family(), moment.customers()));
            months.add(new Month(name, customers, asking.rows(name, "all").url() + "#rows"));
        }
        return months;
    }

    /** Empty without any loss. */
    static String of(LossAsking asking, List<Moment> moments) {
        if (moments.isEmpty()) {
            return "";
        }
        List<Month> months = table(asking, moments);
        ObjectNode chart = JSON.createObjectNode();
        chart.put("kind", "stack");
        ArrayNode labels = chart.putArray("labels");
        ArrayNode links = chart.putArray("links");
        months.forEach(month -> {
            labels.add(month.name());
            links.add(month.url());
        });
        ArrayNode series = chart.putArray("series");
        for (Family family : Family.values()) {
            if (moments.stream().anyMatch(moment -> moment.family() == family)) {
                ObjectNode one = series.addObject();
                one.put("name", family.title());
                ArrayNode values = one.putArray("values");
                months.forEach(month -> values.add(month.customers().getOrDefault(family, 0L)));
            }
        }
        chart.putObject("y").put("min", 0);
        return JSON.writeValueAsString(chart);
    }
}
