package io.perennial.playbooks.web;

import io.perennial.playbooks.DryRun;
import io.perennial.playbooks.DryRun.Day;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts of a dry run, by week; weeks without one stand there too. */
public final class DryRunChart {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DryRunChart() {}

    /**
     * @param monday its first day
     * @param starts in that week
     * @param most on one day of it
     */
    public record Week(LocalDate monday, int starts, int most) {}

    public static List<Week> weeks(DryRun run) {
        Map<LocalDate, Week> weeks = new LinkedHashMap<>();
        for (LocalDate monday = monday(run.from()); !monday.isAfter(run.to()); monday = monday.plusDays(7)) {
            weeks.put(monday, new Week(monday, 0, 0));
        }
        for (Day day : run.days()) {
            weeks.computeIfPresent(
                    monday(day.day()),
                    (monday, week) ->
                            new Week(monday, week.starts() + day.starts(), Math.max(week.most(), day.starts())));
        }
        return new ArrayList<>(weeks.values());
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    static String of(DryRun run) {
        ObjectNode chart = JSON.createObjectNode();
        chart.put("kind", "bar");
        ArrayNode labels = chart.putArray("labels");
        ObjectNode series = chart.putArray("series").addObject();
        series.put("name", "Runs that would have begun");
        ArrayNode values = series.putArray("values");
        weeks(run).forEach(week -> {
            labels.add(week.monday().toString());
            values.add(week.starts());
        });
        chart.putObject("y").put("min", 0);
        return JSON.writeValueAsString(chart);
    }
}
