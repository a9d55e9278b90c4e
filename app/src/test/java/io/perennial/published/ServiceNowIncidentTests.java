package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.platform.imports.ImportView;
import io.perennial.world.OneCompany;
import io.perennial.world.PublishedFiles;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An audit log of incidents becomes cases with their history, and the figures that its readme states come out. */
@OneCompany
class ServiceNowIncidentTests extends PublishedSet {

    private static final String LOG = "uci-servicenow/incident_event_log";

    @BeforeEach
    void incidents() {
        if (!one("select count(*) from cases.support_case").equals("0")) {
            return;
        }
        ImportView accounts = bring("accounts");
        assertThat(accounts.counts().created()).isEqualTo(196); // 195 known locations, and one that is not known
        assertThat(bring("contacts").counts().withProblems()).isZero();
        ImportView cases = bring("cases");
        assertThat(cases.counts().created()).isEqualTo(17_136);
        assertThat(cases.counts().withProblems()).isZero();
    }

    private ImportView bring(String type) {
        return files.bring(type, LOG, PublishedFiles.mapping("uci-servicenow/" + type));
    }

    @Test
    void incidentsAreServedAsTheReadmeStates() {
        assertThat(measured("cases_opened", "standard", Dimension.MONTH).groups())
                .extracting(group -> group.key() + " " + group.figure().value())
                .containsExactly("2016-02 207", "2016-03 8995", "2016-04 7934");
        assertThat(parts(measured("sla_attainment", "as_brought"))).isEqualTo("9804 of 17136");
        assertThat(value("sla_attainment", "as_brought", 3)).isEqualTo("57.213");
        assertThat(byPriority("sla_attainment", "as_brought"))
                .containsExactlyInAnyOrder(
                        "urgent 3 of 178", "high 1 of 287", "medium 9391 of 16144", "low 409 of 527");
        assertThat(parts(measured("reopened", "of_opened"))).isEqualTo("202 of 17136");
        assertThat(value("reopened", "of_opened", 3)).isEqualTo("1.179");
        assertThat(parts(measured("solved_straight", "standard"))).isEqualTo("8740 of 17136");
        assertThat(value("solved_straight", "standard", 3)).isEqualTo("51.004");
        assertThat(parts(measured("reassigned", "standard"))).isEqualTo("8352 of 17136");
        assertThat(parts(measured("waited", "standard"))).isEqualTo("4198 of 17136");
        assertThat(value("waited", "standard", 3)).isEqualTo("24.498");
        Figure solution = measured("time_to_resolve", "opened_in_period");
        assertThat(solution.sample()).isEqualTo(15_906);
        assertThat(solution.excluded()).containsEntry("not solved", 1_230L);
        assertThat(beside(solution, "p25", 3)).isEqualTo("0.700");
        assertThat(beside(solution, "p50", 3)).isEqualTo("28.342");
        assertThat(beside(solution, "p75", 3)).isEqualTo("171.596");
        assertThat(beside(solution, "p90", 3)).isEqualTo("408.550");
        assertThat(beside(solution, "mean", 3)).isEqualTo("197.328");
        assertThat(one("""
                select concat_ws(' ', round(percentile_cont(0.5) within group (order by h)::numeric, 3),
                    round(avg(h)::numeric, 3), count(*) filter (where used),
                    round(100.0 * count(*) filter (where used) / count(*), 3),
                    count(*) filter (where channel = 'Phone'), count(*) filter (where channel = 'Email'))
                from (select extract(epoch from closed_at - opened_at) / 3600 as h, channel,
                    (attributes ->> 'knowledge')::boolean as used from cases.support_case) c
                """)).isEqualTo("174.617 343.553 3526 20.577 17100 36");
        assertThat(one("select count(*) from cases.support_case where external_id = '0000045'"))
                .isEqualTo("1");
        assertThat(one("""
                select round(extract(epoch from percentile_cont(0.5) within group (order by closed_at - resolved_at))
                    / 86400, 1) from cases.support_case
                """)).isEqualTo("5.0");
    }

    @Test
    void everyRowOfTheLogIsAnEventOfItsIncident() {
        ImportView events = bring("case-events");

        assertThat(events.counts().created()).isEqualTo(101_045);
        assertThat(events.counts().withProblems()).isZero();
        assertThat(database.sql("""
                select note || ' ' || count(*) from cases.event group by note order by count(*) desc
                """).query(String.class).list())
                .containsExactly(
                        "Active 28925",
                        "New 24963",
                        "Resolved 17730",
                        "Closed 17186",
                        "Awaiting User Info 11423",
                        "Awaiting Vendor 450",
                        "Awaiting Problem 354",
                        "Awaiting Evidence 14");
        Figure waiting = measured("wait_time", "agent");
        assertThat(waiting.sample()).isEqualTo(15_906);
        assertThat(waiting.excluded()).containsEntry("changes of state not known", 0L);
        // Most never waited for the customer; those that did are in the tail.
        assertThat(beside(waiting, "p50", 3)).isEqualTo("0.000");
        assertThat(Double.parseDouble(beside(waiting, "p95", 3))).isGreaterThan(24);
    }

    @Test
    void whatIsNotOverIsNotSolvedYet() {
        // On the 1st of April 2016 nobody knew what was solved later, though the log says it on the first row.
        Answer backlog = measured("backlog", "standard", Dimension.MONTH);

        assertThat(backlog.groups())
                .filteredOn(group -> group.key().equals("2016-03"))
                .singleElement()
                .satisfies(march ->
                        assertThat(String.valueOf(march.figure().value())).isEqualTo(one("""
                                select count(*) from cases.support_case where opened_at < '2016-04-01T00:00Z'
                                    and coalesce(resolved_at, closed_at) >= '2016-04-01T00:00Z'
                                """)));
        assertThat(backlog.total().value()).isZero();
    }

    private List<String> byPriority(String metric, String definition) {
        return measured(metric, definition, Dimension.PRIORITY).groups().stream()
                .map(group -> group.key() + " " + parts(group.figure()))
                .toList();
    }
}
