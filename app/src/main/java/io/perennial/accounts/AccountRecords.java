package io.perennial.accounts;

import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.EMAIL;
import static io.perennial.platform.records.ColumnType.TEXT;
import static io.perennial.platform.records.ColumnType.TEXT_LIST;
import static io.perennial.platform.records.ColumnType.ZONE;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a company may bring about its customers and the people there. */
@Configuration(proxyBeanMethods = false)
class AccountRecords {

    @Bean
    RecordType accountsType() {
        return new RecordType(
                "accounts",
                "Accounts",
                "The companies that buy from you, with their parent companies and the team member who looks after them.",
                "accounts.account",
                List.of(
                        Column.of("name", TEXT, "The company as people know it.", "Harbor Freight Lines")
                                .upTo(200)
                                .requiredForNew()
                                .alsoKnownAs("account_name", "company", "company_name", "account", "customer"),
                        Column.reference(
                                        "parent",
                                        "accounts",
                                        "parent_id",
                                        "External id of the account this one belongs to.",
                                        "acme-group")
                                .alsoKnownAs("parent_account", "parent_id", "parent_account_id"),
                        Column.of("segment", TEXT, "The group it is compared with; your own words.", "Mid-market")
                                .upTo(100)
                                .alsoKnownAs("plan", "plan_tier", "tier", "size", "customer_segment"),
                        Column.of("stage", TEXT, "Where it is in its life with you; your own words.", "Live")
                                .upTo(100)
                                .alsoKnownAs("lifecycle", "lifecycle_stage", "status", "phase"),
                        Column.reference(
                                        "owner",
                                        "team-members",
                                        "owner_id",
                                        "External id or e-mail of the team member who looks after it.",
                                        "ana.reyes@example.com")
                                .alsoKnownAs("csm", "owner_email", "csm_email", "account_owner", "account_manager"),
                        Column.of("industry", TEXT, "The line of business.", "Logistics")
                                .upTo(100)
                                .alsoKnownAs("sector", "vertical"),
                        Column.of("country", TEXT, "Country of the customer; your own spelling.", "DE")
                                .upTo(100)
                                .alsoKnownAs("billing_country", "country_code"),
                        Column.of("region", TEXT, "Part of the world or of the country.", "EMEA")
                                .upTo(100)
                                .alsoKnownAs("territory", "state", "us_state", "geography"),
                        Column.of("website", TEXT, "Address of its site.", "https://harborfreightlines.example")
                                .upTo(300)
                                .alsoKnownAs("url", "domain", "homepage"),
                        Column.of("time_zone", ZONE, "Where its people work.", "Europe/Berlin")
                                .alsoKnownAs("timezone", "tz"),
                        Column.of("language", TEXT, "Language its people prefer, as a tag.", "de")
                                .upTo(35)
                                .alsoKnownAs("locale", "lang"),
                        Column.of("customer_since", DATE, "First day as a customer.", "2024-03-01")
                                .alsoKnownAs("signup_date", "signed_up_on", "start_date", "since", "created"),
                        Column.of("next_step", TEXT, "What comes next with this customer.", "Review roll-out plan")
                                .upTo(500),
                        Column.of("next_step_on", DATE, "When it is due.", "2026-12-01")),
                "id",
                null);
    }

    @Bean
    RecordType contactsType() {
        return new RecordType(
                "contacts",
                "Contacts",
                "The people at your customers, what they are to you, and whether they are still there.",
                "accounts.contact",
                List.of(
                        Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                                .requiredForNew()
                                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id"),
                        Column.of("name", TEXT, "The person's full name.", "Mia Okafor")
                                .upTo(200)
                                .requiredForNew()
                                .alsoKnownAs("full_name", "contact_name", "contact"),
                        Column.of("email", EMAIL, "Business address.", "mia.okafor@example.com")
                                .upTo(254)
                                .alsoKnownAs("mail", "email_address", "e-mail"),
                        Column.of("phone", TEXT, "Telephone number, as written.", "+49 30 901820")
                                .upTo(50)
                                .alsoKnownAs("telephone", "mobile", "phone_number"),
                        Column.of("title", TEXT, "Job title.", "Head of Operations")
                                .upTo(200)
                                .alsoKnownAs("job_title", "position"),
                        Column.of(
                                        "roles",
                                        TEXT_LIST,
                                        "What the person is to you: decision_maker, champion, user, technical, finance,"
                                                + " sponsor, renewal, or your own words.",
                                        "decision_maker|champion")
                                .alsoKnownAs("role", "contact_role", "contact_roles"),
                        Column.of("language", TEXT, "Language the person prefers, as a tag.", "en")
                                .upTo(35)
                                .alsoKnownAs("locale", "lang"),
                        Column.of("time_zone", ZONE, "Where the person works.", "Europe/London")
                                .alsoKnownAs("timezone", "tz"),
                        Column.of("left_on", DATE, "First day the person was gone from the customer.", "2026-05-31")
                                .alsoKnownAs("left", "departed_on", "left_date"),
                        Column.of(
                                        "confirmed_on",
                                        DATE,
                                        "When somebody last made sure that person and roles are right.",
                                        "2026-09-15")
                                .alsoKnownAs("verified_on", "last_confirmed")),
                "account_id",
                null);
    }
}
