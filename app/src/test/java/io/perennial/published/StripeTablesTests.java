package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.imports.ImportView;
import io.perennial.world.PublishedFiles;
import org.junit.jupiter.api.Test;

/** What a billing system exports: amounts in cents, lines that name a subscription and no customer, deleted rows. */
class StripeTablesTests extends PublishedSet {

    private ImportView bring(String type, String table, String mapping) {
        return files.bring(
                type,
                "vendor-shapes/stripe/" + table + "_data",
                PublishedFiles.mapping("vendor-shapes/stripe-" + mapping));
    }

    @Test
    void customersBecomeAccountsAndDeletedOnesStayOut() {
        ImportView customers = bring("accounts", "customer", "customers");

        assertThat(customers.counts().created()).isEqualTo(11);
        assertThat(customers.counts().leftOut()).isEqualTo(1);
        assertThat(one("""
                select concat_ws(' ', customer_since, attributes ->> 'invoice_prefix', jsonb_exists(attributes, 'fivetran_synced'))
                from accounts.account where external_id = 'cus_ImVzJQmSlYHjZL'
                """)).as("the connector's columns stay out").isEqualTo("2021-01-18 8311D827 f");
    }

    @Test
    void subscriptionsWaitForTheirCustomersAndLinesForTheirSubscriptions() {
        ImportView lines = bring("contract-lines", "invoice_line_item", "invoice-lines");
        ImportView subscriptions = bring("contracts", "subscription", "subscriptions");
        assertThat(files.waiting(lines)).isEqualTo("3 rows wait for contracts");
        assertThat(files.waiting(subscriptions)).isEqualTo("2 rows wait for accounts");

        assertThat(bring("accounts", "subscription", "named-customers").counts().created())
                .isEqualTo(2);
        files.settle();

        assertThat(files.again(subscriptions).counts().created()).isEqualTo(2);
        assertThat(files.again(lines).counts().created()).isEqualTo(3);
        assertThat(one("""
                select string_agg(concat_ws(' ', l.external_id, l.amount, l.currency, l.seats, c.external_id, a.external_id), ', '
                    order by l.external_id)
                from contracts.contract_line l join contracts.contract c on c.id = l.contract_id
                join accounts.account a on a.id = l.account_id
                """))
                .as("cents are cents, and the account is the subscription's")
                .isEqualTo("ad1111 0.21 USD 5 sdgfs4536 sdf6547, ba222 0.65 USD 4 sfjytkyu876 123fsdf,"
                        + " ba3333 1.00 USD 0 sdgfs4536 sdf6547");
        assertThat(one("select string_agg(starts_on || ' ' || ends_on, ', ') from contracts.contract"))
                .isEqualTo("2021-02-18 2021-02-19, 2021-02-18 2021-02-19");
    }
}
