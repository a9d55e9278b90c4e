package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.cases.CaseFigures;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import io.perennial.platform.imports.Counts;
import io.perennial.platform.imports.ImportView;
import io.perennial.world.PublishedFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log of events becomes cases, and the figures that its readme states come out. */
class ItalianHelpDeskTests extends PublishedSet {

    @BeforeEach
    void customers() {
        ImportView accounts =
                files.bring("accounts", "helpdesk-italy/events", PublishedFiles.mapping("helpdesk-italy/accounts"));
        assertThat(accounts.counts()).isEqualTo(new Counts(283, 0, 0, 0, 13_092, 0));
    }

    @Test
    void eventsBecomeCasesWithTheTimesOfTheReadme() {
        ImportView cases =
                files.bring("cases", "helpdesk-italy/events", PublishedFiles.mapping("helpdesk-italy/cases"));

        assertThat(cases.counts()).isEqualTo(new Counts(2_875, 0, 0, 0, 10_500, 0));
        assertThat(files.remarks(cases)).containsEntry("exact_repeat", 79L).containsEntry("differing customer", 4L);
        CaseFigures.Figures all = figures.figures(BEGINNING, END);
        assertThat(all.opened()).isEqualTo(2_875);
        assertThat(all.resolved()).isEqualTo(2_868);
        assertThat(all.medianHours()).isEqualTo(144.301, within(0.0005));
        assertThat(all.meanHours()).isEqualTo(272.061, within(0.0005));
        // 720.8751 by linear interpolation between two cases; the readme has 720.876.
        assertThat(all.p90Hours()).isEqualTo(720.876, within(0.001));
        assertThat(all.resolvedOnce()).isEqualTo(2_626);
        assertThat(percent(all.resolvedOnce(), all.resolved())).isEqualTo("91.562");
        assertThat(all.resolvedAtOnce()).isEqualTo(1_886);
        assertThat(percent(all.resolvedAtOnce(), all.resolved())).startsWith("65.76");
        assertThat(all.waited()).isEqualTo(786);
        assertThat(percent(all.waited(), all.opened())).isEqualTo("27.339");
        assertThat(all.answered()).isEqualTo(2_687);
        assertThat(all.medianResponseMinutes()).isEqualTo(900.13, within(0.005));
        assertThat(figures.figures(BEGINNING, END, CaseFigures.By.YEAR))
                .extracting(group -> group.name() + " " + group.figures().opened())
                .containsExactly("2010 552", "2011 941", "2012 949", "2013 433");
        assertThat(figures.figures(BEGINNING, END, CaseFigures.By.attribute("service_level")))
                .extracting(group -> "%s %d %.2f"
                        .formatted(
                                group.name(),
                                group.figures().opened(),
                                group.figures().medianHours()))
                .containsExactly(
                        "Value 1 109 197.63", "Value 2 2093 137.93", "Value 3 653 166.84", "Value 4 20 225.69");
        assertThat(timesTo("first(Complete Timestamp) where Activity = Resolve ticket"))
                .isEqualTo("138.202 262.597");
        assertThat(timesTo("last(Complete Timestamp) where Activity = Closed")).startsWith("960.1");
    }

    @Test
    void everyActivityIsCountedAndTheBusiestCustomersAreThoseOfTheReadme() {
        files.bring("cases", "helpdesk-italy/events", PublishedFiles.mapping("helpdesk-italy/cases"));

        assertThat(one("""
                select concat_ws(' ', sum(takeovers), count(resolved_at) + sum(reopened), sum(waits),
                    sum((attributes ->> 'defects')::int), count(*) filter (where coalesce(takeovers, 0) = 0),
                    count(*) filter (where resolved_at is null), count(distinct account_id))
                from cases.support_case
                """)).isEqualTo("3167 3127 933 28 188 7 280");
        assertThat(database.sql("""
                select a.external_id || ' ' || count(*)
                from cases.support_case c join accounts.account a on a.id = c.account_id
                group by a.external_id order by count(*) desc, a.external_id limit 5
                """).query(String.class).list())
                .containsExactly("Value 8 133", "Value 92 127", "Value 97 77", "Value 35 73", "Value 27 70");
        assertThat(one("""
                select count(*) from (
                    select from cases.support_case group by account_id having count(*) = 1) single
                """)).isEqualTo("64");
        assertThat(one("""
                select concat_ws(' ', round(percentile_cont(0.05) within group (order by d)::numeric, 1),
                    round(percentile_cont(0.5) within group (order by d)::numeric, 1),
                    round(percentile_cont(0.95) within group (order by d)::numeric, 1))
                from (select extract(epoch from closed_at - resolved_at) / 86400 as d from cases.support_case) c
                """)).isEqualTo("15.0 30.1 51.2");
    }

    @Test
    void theRegistrySaysWhatTheReadmeStates() {
        files.bring("cases", "helpdesk-italy/events", PublishedFiles.mapping("helpdesk-italy/cases"));

        Figure solution = measured("time_to_resolve", "solved_in_period");
        assertThat(solution.sample()).isEqualTo(2_868);
        assertThat(beside(solution, "p50", 3)).isEqualTo("144.301");
        assertThat(beside(solution, "mean", 3)).isEqualTo("272.061");
        assertThat(Double.parseDouble(beside(solution, "p90", 4))).isEqualTo(720.876, within(0.001));
        assertThat(measured("first_response_time", "calendar").sample()).isEqualTo(2_687);
        assertThat(value("first_response_time", "calendar", 6)).startsWith("15.002"); // 900.13 minutes
        assertThat(measured("first_response_time", "calendar").excluded()).containsEntry("no answer known", 188L);
        assertThat(parts(measured("first_contact_resolution", "solved_once"))).isEqualTo("2626 of 2868");
        assertThat(value("first_contact_resolution", "solved_once", 3)).isEqualTo("91.562");
        assertThat(parts(measured("first_contact_resolution", "solved_at_once")))
                .isEqualTo("1886 of 2868");
        assertThat(value("first_contact_resolution", "solved_at_once", 2)).isEqualTo("65.76");
        assertThat(parts(measured("waited", "standard"))).isEqualTo("786 of 2875");
        assertThat(value("waited", "standard", 2)).isEqualTo("27.34");
        assertThat(measured("cases_opened", "standard", Dimension.CUSTOMER).groups().stream()
                        .limit(5)
                        .map(group -> group.name() + " " + group.figure().value()))
                .containsExactly("Value 8 133", "Value 92 127", "Value 97 77", "Value 35 73", "Value 27 70");
        assertThat(measured("cost_per_case", "solved").reason())
                .extracting(Reason::code)
                .isEqualTo("COST_NOT_SET");
    }

    @Test
    void exactRepeatsAreReportedAndMayBeLeftOut() {
        ImportView cases = files.bring(
                "cases",
                "helpdesk-italy/events",
                PublishedFiles.mapping("helpdesk-italy/cases") + "repeats: leave out\n");

        assertThat(files.remarks(cases)).containsEntry("exact_repeat", 79L);
        CaseFigures.Figures all = figures.figures(BEGINNING, END);
        assertThat(all.resolvedOnce()).isEqualTo(2_678);
        assertThat(percent(all.resolvedOnce(), all.resolved())).isEqualTo("93.375");
        assertThat(one("select count(resolved_at) + sum(reopened) from cases.support_case"))
                .isEqualTo(String.valueOf(3_127 - 54));
    }

    @Test
    void anUnchangedLogWritesNothing() {
        String mapping = PublishedFiles.mapping("helpdesk-italy/cases");
        files.bring("cases", "helpdesk-italy/events", mapping);

        assertThat(files.bring("cases", "helpdesk-italy/events", mapping).counts())
                .isEqualTo(new Counts(0, 0, 2_875, 0, 10_500, 0));
    }

    /** Median and mean hours to another end, with the mapping changed in that one line. */
    private String timesTo(String end) {
        files.bring(
                "cases",
                "helpdesk-italy/events",
                PublishedFiles.mapping("helpdesk-italy/cases").replaceFirst("resolved_at: .*", "resolved_at: " + end));
        CaseFigures.Figures all = figures.figures(BEGINNING, END);
        return "%.3f %.3f".formatted(all.medianHours(), all.meanHours());
    }

    private static String percent(int part, int whole) {
        return "%.3f".formatted(100.0 * part / whole);
    }
}
