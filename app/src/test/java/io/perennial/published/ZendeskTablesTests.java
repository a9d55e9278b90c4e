package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.imports.ImportView;
import io.perennial.world.PublishedFiles;
import org.junit.jupiter.api.Test;

/** A vendor's tables as customers bring them: no reference leads anywhere until the missing row arrives. */
class ZendeskTablesTests extends PublishedSet {

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
}
