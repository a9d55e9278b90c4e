package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.imports.ImportView;
import io.perennial.world.PublishedFiles;
import org.junit.jupiter.api.Test;

/** What a sales system exports: very wide tables, identifiers of eighteen letters and digits, addresses made unreadable. */
class SalesforceTablesTests extends PublishedSet {

    private ImportView bring(String type, String table, String mapping) {
        return files.bring(
                type,
                "vendor-shapes/salesforce/sf_" + table + "_data",
                PublishedFiles.mapping("vendor-shapes/salesforce-" + mapping));
    }

    @Test
    void accountsComeWithoutThoseThatWereDeleted() {
        ImportView accounts = bring("accounts", "account", "accounts");

        assertThat(accounts.counts().created()).isEqualTo(1);
        assertThat(accounts.counts().leftOut()).isEqualTo(9);
        assertThat(one("select external_id || ' ' || name from accounts.account"))
                .isEqualTo("0015500000Xyy06AAB Eric's Test");
    }

    @Test
    void aContactOf368ColumnsComesInWhenItsAccountIsThere() {
        ImportView contacts = bring("contacts", "contact", "contacts");
        assertThat(contacts.counts().withProblems()).isEqualTo(4);
        assertThat(files.waiting(contacts)).isEqualTo("3 rows wait for accounts");

        assertThat(bring("accounts", "contact", "named-accounts").counts().created())
                .isEqualTo(3);
        files.settle();

        assertThat(files.again(contacts).counts().created()).isEqualTo(3);
        assertThat(files.again(contacts).counts().withProblems())
                .as("one has neither a name nor an account")
                .isEqualTo(1);
        assertThat(one("""
                select concat_ws(' ', name, email, attributes ->> 'contact_status_c', jsonb_exists(attributes, 'fivetran_active'))
                from accounts.contact where external_id = '0031G00000qAfq1QAC'
                """)).isEqualTo("Jerome hi@google.com Aemping Conac f");
    }

    @Test
    void tasksAndEventsBecomeTouchpoints() {
        bring("accounts", "task", "named-accounts");
        bring("accounts", "event", "named-accounts");

        ImportView tasks = bring("touchpoints", "task", "tasks");
        ImportView events = bring("touchpoints", "event", "events");

        assertThat(tasks.counts().created()).isEqualTo(9);
        assertThat(tasks.counts().withProblems()).as("one names no account").isEqualTo(1);
        assertThat(files.waiting(events)).isEqualTo("10 rows wait for contacts");
        assertThat(one("""
                select string_agg(distinct kind || ' ' || at::date || ' ' || body, ', ') from engagement.touchpoint
                """)).isEqualTo("note 2019-11-11 description");
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, created_at, updated_at)
                select gen_random_uuid(), '0031G00001QY4G5QAL', id, 'Ana Berg', now(), now() from accounts.account
                where external_id = '0011G00000f8MOkQAM'
                """).update();
        files.settle();
        assertThat(one("select kind from engagement.touchpoint where contact_id is not null"))
                .isEqualTo("meeting");
    }

    @Test
    void colleaguesWhoseAddressesAreHashedAreEachReported() {
        ImportView users = bring("team-members", "user", "users");

        assertThat(users.counts().created()).isZero();
        assertThat(users.counts().withProblems() + users.counts().leftOut()).isEqualTo(10);
        assertThat(users.counts().withProblems()).isPositive();
        assertThat(files.waiting(users))
                .as("nothing that comes later mends an address")
                .isEmpty();
    }
}
