package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.imports.ImportView;
import io.perennial.programs.Calendars;
import io.perennial.programs.Catalogue;
import io.perennial.programs.Priority;
import io.perennial.programs.Program;
import io.perennial.programs.Targets;
import io.perennial.world.PublishedFiles;
import java.time.DayOfWeek;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A vendor's tables as customers bring them: no reference leads anywhere until the missing row arrives. */
class ZendeskTablesTests extends PublishedSet {

    @Autowired
    Calendars calendars;

    @Autowired
    Catalogue catalogue;

    private ImportView bring(String type, String table, String mapping) {
        return files.bring(
                type, "vendor-shapes/zendesk/" + table + "_data", PublishedFiles.mapping("vendor-shapes/" + mapping));
    }

    @Test
    void ticketsAreToldToHaveNoOrganizationAndFollowWhenItArrives() {
        assertThat(bring("accounts", "organization", "organizations").counts().created())
                .isEqualTo(10);
        ImportView orphans = bring("cases", "ticket", "tickets");
        assertThat(orphans.counts().created()).isZero();
        assertThat(orphans.counts().withProblems()).isEqualTo(10);

        assertThat(bring("accounts", "ticket", "named-organizations").counts().created())
                .isEqualTo(9);
        ImportView tickets = bring("cases", "ticket", "tickets");
        assertThat(tickets.counts().created()).isEqualTo(9);
        assertThat(tickets.counts().withProblems()).isEqualTo(1); // 11071 names none at all
        // Identifiers of twelve digits stay texts; what the vendor adds becomes attributes, its connector's columns do
        // not.
        assertThat(one("""
                select concat_ws(' ', a.external_id, c.state, c.assignee, c.attributes ->> 'group_id',
                    (c.attributes -> '_fivetran_synced') is null)
                from cases.support_case c join accounts.account a on a.id = c.account_id where c.external_id = '16988'
                """)).isEqualTo("370469077513 resolved 418284131934 360013366274 t");
        assertThat(one("select count(*) from cases.support_case where status = 'deleted' and state = 'closed'"))
                .isEqualTo("2");
    }

    @Test
    void theHistoryOfATicketSaysHowLongTheCustomerWasWaitedFor() {
        database.sql("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                values (gen_random_uuid(), 'no-organization', 'Without organization', now(), now())
                """).update();
        assertThat(bring("cases", "ticket", "tickets-without-organization")
                        .counts()
                        .created())
                .isEqualTo(1);
        ImportView solutions = bring("cases", "ticket_field_history", "ticket_solutions");
        assertThat(solutions.counts().changed()).isEqualTo(1);
        assertThat(solutions.counts().withProblems()).isEqualTo(16); // tickets that are not here

        ImportView history = bring("case-events", "ticket_field_history", "ticket_field_history");
        assertThat(history.counts().created()).isEqualTo(19); // all rows of 11071
        assertThat(one("select opened_at || ' ' || resolved_at || ' ' || state from cases.support_case"))
                .isEqualTo("2020-08-28 18:06:36+00 2020-11-14 11:01:27+00 closed");
        assertThat(value("wait_time", "agent", 6)).isEqualTo("672.000000");
        assertThat(value("wait_time", "on_hold", 6)).isEqualTo("480.000000");
    }

    @Test
    void commentsOfUnknownTicketsAreEachReported() {
        ImportView comments = bring("case-messages", "ticket_comment", "ticket_comment");

        assertThat(comments.counts().created()).isZero();
        assertThat(comments.counts().withProblems()).isEqualTo(20);
    }

    @Test
    void agentsAndEndUsersComeFromOneTable() {
        ImportView agents = bring("team-members", "user", "agents");
        assertThat(agents.counts().created()).isEqualTo(1);
        assertThat(agents.counts().leftOut()).isEqualTo(9);
        ImportView users = bring("contacts", "user", "end-users");
        assertThat(users.counts().withProblems()).isEqualTo(9); // none of their organizations is here
    }

    @Test
    void rowsThatNameWhatIsNotHereAreReportedKeptAndLinkedWhenItArrives() {
        ImportView tickets = bring("cases", "ticket", "tickets-with-groups");
        ImportView policies = bring("cases", "ticket_sla_policy", "ticket_sla_policy");
        assertThat(tickets.counts().withProblems()).isEqualTo(10);
        assertThat(files.waiting(tickets)).isEqualTo("10 rows wait for teams, 9 rows wait for accounts");
        assertThat(policies.counts().withProblems()).isEqualTo(10);
        assertThat(files.waiting(policies)).isEqualTo("10 rows wait for cases");

        bring("accounts", "ticket", "named-organizations");
        files.settle();
        assertThat(one("select count(*) from cases.support_case"))
                .as("their teams are missing")
                .isEqualTo("0");

        assertThat(bring("teams", "ticket", "named-groups").counts().created()).isEqualTo(3);
        files.settle();
        assertThat(files.again(tickets).counts().created()).isEqualTo(9);
        assertThat(files.again(tickets).counts().withProblems())
                .as("one names no organization")
                .isEqualTo(1);
        assertThat(files.waiting(tickets)).isEmpty();
        assertThat(files.again(policies).counts().changed())
                .as("what waited for the tickets")
                .isEqualTo(9);
        assertThat(one("""
                select concat_ws(' ', a.external_id, t.name, c.attributes ->> 'sla_policy')
                from cases.support_case c join accounts.account a on a.id = c.account_id
                join identity.team t on t.id = c.team_id where c.external_id = '16988'
                """)).isEqualTo("370469077513 360013366274 1001");
        assertThat(one("select count(*) from platform.change where summary like 'Imported cases from ticket_data%'"))
                .as("all rows of a file are one change")
                .isEqualTo("1");
    }

    @Test
    void commentsFindTheirTicketsWheneverTheseCome() {
        ImportView comments = bring("case-messages", "ticket_comment", "ticket_comment");
        assertThat(files.waiting(comments)).isEqualTo("20 rows wait for cases");
        database.sql("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                values (gen_random_uuid(), 'acme', 'Acme', now(), now())
                """).update();
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, subject, opened_at, created_at, updated_at)
                select gen_random_uuid(), n, a.id, 'Ticket ' || n, timestamptz '2020-01-01', now(), now()
                from unnest(array['7367', '13095']) n, accounts.account a
                """).update();
        files.settle();

        assertThat(files.again(comments).counts().created()).isEqualTo(10);
        assertThat(files.waiting(comments)).isEqualTo("10 rows wait for cases");
        files.settle();
        assertThat(files.again(comments).counts().created())
                .as("asked again, nothing new")
                .isEqualTo(10);
    }

    @Test
    void tagsOfATicketAreKeptOnceEach() {
        ImportView tags = bring("cases", "ticket_tag", "ticket_tag");
        assertThat(tags.counts().withProblems()).isEqualTo(5);
        assertThat(files.waiting(tags)).isEqualTo("5 rows wait for cases");
        database.sql("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                values (gen_random_uuid(), 'acme', 'Acme', now(), now())
                """).update();
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, subject, opened_at, created_at, updated_at)
                select gen_random_uuid(), '123', a.id, 'Ticket', timestamptz '2020-01-01', now(), now()
                from accounts.account a
                """).update();
        files.settle();

        assertThat(one("select tags from cases.support_case where external_id = '123'"))
                .isEqualTo("customer, prospect");
    }

    @Test
    void whichScheduleAppliedToATicketWaitsForTheTicketAndIsKeptWithIt() {
        ImportView schedules = bring("cases", "ticket_schedule", "ticket_schedule");
        assertThat(schedules.counts().withProblems()).as("one ticket had two").isEqualTo(9);
        assertThat(files.waiting(schedules)).isEqualTo("9 rows wait for cases");
        database.sql("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                values (gen_random_uuid(), 'acme', 'Acme', now(), now())
                """).update();
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, subject, opened_at, created_at, updated_at)
                select gen_random_uuid(), n, a.id, 'Ticket', timestamptz '2019-01-01', now(), now()
                from unnest(array['123', '94490']) n, accounts.account a
                """).update();
        files.settle();

        assertThat(files.again(schedules).counts().changed()).isEqualTo(2);
        assertThat(files.waiting(schedules)).isEqualTo("7 rows wait for cases");
        assertThat(one("""
                select string_agg(external_id || ' ' || (attributes ->> 'schedule'), ', ' order by external_id)
                from cases.support_case
                """)).isEqualTo("123 3600, 94490 3600");
    }

    @Test
    void groupsBecomeTeamsAndSchedulesBecomeCalendars() {
        assertThat(bring("teams", "group", "groups").counts().created()).isEqualTo(8);
        ImportView hours = bring("business-hours", "schedule", "schedule");
        assertThat(hours.counts().withProblems()).isZero();
        assertThat(calendars.all())
                .filteredOn(calendar -> calendar.name().equals("SupportCA"))
                .singleElement()
                .satisfies(calendar -> {
                    assertThat(calendar.zone()).isEqualTo("America/Los_Angeles");
                    assertThat(calendar.week())
                            .containsOnlyKeys(
                                    DayOfWeek.MONDAY,
                                    DayOfWeek.TUESDAY,
                                    DayOfWeek.WEDNESDAY,
                                    DayOfWeek.THURSDAY,
                                    DayOfWeek.FRIDAY)
                            .containsValue("08:00-20:00");
                });
        assertThat(bring("business-hours", "schedule", "schedule").counts().unchanged())
                .as("brought again")
                .isEqualTo(5);
    }

    @Test
    void policiesBecomeDraftsOfProgramsThatSomebodyHasToPublish() {
        ImportView targets = bring("service-targets", "sla_policy_metric_history", "sla_policy_metric_history");

        assertThat(targets.counts().withProblems()).isZero();
        Program policy = catalogue.programs().stream()
                .filter(program -> program.name().equals("Policy 1001"))
                .findFirst()
                .orElseThrow();
        assertThat(catalogue.versions(policy.id())).singleElement().satisfies(version -> {
            assertThat(version.draft()).isTrue();
            assertThat(version.offer().targets(Priority.URGENT))
                    .as("the latest version of each target")
                    .isEqualTo(new Targets(Duration.ofMinutes(45), Duration.ofMinutes(30), null));
            assertThat(version.offer().targets(Priority.MEDIUM).firstResponse()).isEqualTo(Duration.ofHours(6));
        });
    }
}
