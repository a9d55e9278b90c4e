package io.perennial.campaigns;

import static io.perennial.platform.records.ColumnType.INSTANT;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Consents that a company brings from its forms, its shop or the tool before. */
@Configuration(proxyBeanMethods = false)
class ConsentRecords {

    @Bean
    RecordType consentsType() {
        return new RecordType(
                "consents",
                "Consents",
                "What people said about letters that they did not ask for: each statement with its time and source; the latest"
                        + " counts.",
                "campaigns.consent",
                List.of(
                        Column.reference("account", "accounts", "account_id", "Account of the person.", "acme")
                                .requiredForNew()
                                .alsoKnownAs("account_id", "company", "customer_id"),
                        Column.reference("contact", "contacts", "contact_id", "Who said it.", "mia")
                                .requiredForNew()
                                .alsoKnownAs("contact_id", "person", "subscriber"),
                        Column.choice(
                                        "purpose",
                                        List.of("service", "survey", "campaign", "playbook"),
                                        "About which letters.",
                                        "campaign")
                                .requiredForNew()
                                .alsoKnownAs("kind", "list", "topic")
                                .alsoReads("campaign", "marketing", "newsletter"),
                        Column.choice("state", List.of("granted", "refused"), "What was said.", "refused")
                                .requiredForNew()
                                .alsoKnownAs("status", "consent")
                                .alsoReads("granted", "yes", "opted in", "subscribed", "true")
                                .alsoReads("refused", "no", "opted out", "unsubscribed", "false"),
                        Column.of("given_at", INSTANT, "When it was said.", "2026-11-20T14:30:00+01:00")
                                .requiredForNew()
                                .alsoKnownAs("at", "date", "timestamp", "opted_in_at", "unsubscribed_at"),
                        Column.of("source", TEXT, "Where it was said.", "sign-up form")
                                .requiredForNew()
                                .upTo(200)
                                .alsoKnownAs("origin", "channel"),
                        Column.of("wording", TEXT, "What they agreed to, word for word.", "Yes, send me hints.")
                                .upTo(2_000)
                                .alsoKnownAs("text", "consent_text")),
                "account_id",
                null);
    }
}
