package io.perennial.cases;

import static io.perennial.world.PublishedRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.world.PerennialTest;
import io.perennial.world.PublishedRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two help desks with published figures. */
@PerennialTest
class CaseFiguresTests {

    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    @Autowired
    Records records;

    @Autowired
    CaseFigures figures;

    @Test
    void anItalianHelpDeskResolvesInTheTimesItsReadmeStates() {
        PublishedRows data = new PublishedRows("helpdesk-italy", records);
        List<RecordRow> cases = casesFromEvents(data.rows("events"));
        data.load(
                "accounts",
                new TreeSet<>(cases.stream()
                                .map(one -> String.valueOf(one.values().get("account")))
                                .toList())
                        .stream().map(name -> row(name, "name", name)).toList());

        assertThat(data.load("cases", cases)).isEqualTo(Map.of(Result.CREATED, 2_875));

        CaseFigures.Figures all = figures.figures(BEGINNING, END);
        assertThat(all.resolved()).isEqualTo(2_868);
        assertThat(all.medianHours()).isEqualTo(144.301, within(0.001));
        assertThat(all.meanHours()).isEqualTo(272.061, within(0.001));
        assertThat(all.p90Hours()).isEqualTo(720.876, within(0.001));
        assertThat(all.resolvedOnce()).isEqualTo(2_626);
        assertThat(all.answered()).isEqualTo(2_687);
        assertThat(all.medianResponseMinutes()).isEqualTo(900.13, within(0.01));
        assertThat(figures.figures(BEGINNING, END, CaseFigures.By.YEAR))
                .extracting(group -> group.name() + " " + group.figures().opened())
                .containsExactly("2010 552", "2011 941", "2012 949", "2013 433");
    }

    @Test
    void aSyntheticHelpDeskAnswersAsItsReadmeStates() {
        PublishedRows data = new PublishedRows("ravenstack", records);
        data.load("accounts", "accounts", cells -> row(at(cells, "account_id"), "name", at(cells, "account_name")));

        Map<Result, Integer> results = data.load(
                "cases",
                "support_tickets",
                cells -> row(
                        at(cells, "ticket_id"),
                        "account",
                        at(cells, "account_id"),
                        "opened_at",
                        at(cells, "submitted_at"),
                        "resolved_at",
                        at(cells, "closed_at"),
                        "closed_at",
                        at(cells, "closed_at"),
                        "priority",
                        at(cells, "priority"),
                        "first_response_minutes",
                        at(cells, "first_response_time_minutes"),
                        "satisfaction",
                        at(cells, "satisfaction_score"),
                        "satisfaction_scale",
                        "5",
                        "escalated",
                        at(cells, "escalation_flag")));

        assertThat(results).isEqualTo(Map.of(Result.CREATED, 1_455));
        CaseFigures.Figures all = figures.figures(BEGINNING, END);
        assertThat(all.meanHours()).isEqualTo(35.553, within(0.001));
        assertThat(all.medianHours()).isEqualTo(35.0);
        assertThat(all.meanResponseMinutes()).isEqualTo(87.915, within(0.001));
        assertThat(all.medianResponseMinutes()).isEqualTo(88);
        assertThat(all.escalated()).isEqualTo(67);
        assertThat(all.answers()).isEqualTo(855);
        assertThat(all.meanSatisfaction()).isEqualTo(4.0082, within(0.0001));
        assertThat(figures.figures(BEGINNING, END, CaseFigures.By.PRIORITY))
                .extracting(group -> group.name() + " " + group.figures().opened())
                .containsExactly("high 376", "low 337", "medium 356", "urgent 386");
    }

    /** A case runs from its first event to its last solution; the automatic closing comes weeks later. */
    private static List<RecordRow> casesFromEvents(List<Map<String, String>> events) {
        Map<String, List<Map<String, String>>> byCase = new LinkedHashMap<>();
        events.forEach(event -> byCase.computeIfAbsent(at(event, "Case ID"), id -> new ArrayList<>())
                .add(event));
        List<RecordRow> cases = new ArrayList<>();
        byCase.forEach((id, history) -> {
            List<String> times = times(history, "");
            List<String> solved = times(history, "Resolve ticket");
            List<String> taken = times(history, "Take in charge ticket");
            List<String> closed = times(history, "Closed");
            cases.add(row(
                    id,
                    "account",
                    at(history.getFirst(), "customer"),
                    "opened_at",
                    times.getFirst(),
                    "resolved_at",
                    solved.isEmpty() ? "" : solved.getLast(),
                    "first_response_at",
                    taken.isEmpty() ? "" : taken.getFirst(),
                    "closed_at",
                    closed.isEmpty() ? "" : closed.getLast(),
                    "product",
                    at(history.getFirst(), "product"),
                    "reopened",
                    Integer.toString(Math.max(0, solved.size() - 1))));
        });
        return cases;
    }

    private static List<String> times(List<Map<String, String>> history, String activity) {
        return history.stream()
                .filter(event -> activity.isEmpty() || at(event, "Activity").equals(activity))
                .map(event -> at(event, "Complete Timestamp").replace('/', '-').replace(' ', 'T') + "Z")
                .sorted()
                .toList();
    }

    private static String at(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "");
    }
}
