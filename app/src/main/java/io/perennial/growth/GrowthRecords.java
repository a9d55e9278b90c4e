package io.perennial.growth;

import static io.perennial.platform.records.ColumnType.CURRENCY;
import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.DECIMAL;
import static io.perennial.platform.records.ColumnType.MONEY;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a company may bring about the service it offers and the business it expects of its customers. */
@Configuration(proxyBeanMethods = false)
class GrowthRecords {

    @Bean
    RecordType serviceOffersType() {
        return new RecordType(
                "service-offers",
                "Service offers",
                "What service was offered with a sale, and whether the customer took it.",
                "growth.service_offer",
                List.of(
                        account(),
                        Column.reference(
                                        "contract",
                                        "contracts",
                                        "contract_id",
                                        "External id of the contract of the sale; without it the sale nearest in time is"
                                                + " meant.",
                                        "acme-2026")
                                .alsoKnownAs("contract_id", "contract_external_id"),
                        Column.of("service", TEXT, "The service that was offered.", "Premier support")
                                .upTo(200)
                                .requiredForNew()
                                .alsoKnownAs("service_name", "offer", "item"),
                        Column.of("product", TEXT, "The product that it was offered with.", "Fleet Planner Pro")
                                .upTo(200)
                                .alsoKnownAs("product_name"),
                        Column.of("program", TEXT, "Support or success program.", "Premier")
                                .upTo(100)
                                .alsoKnownAs("tier", "service_level"),
                        Column.of("offered_on", DATE, "When it was offered.", "2026-03-14")
                                .requiredForNew()
                                .alsoKnownAs("date", "offered_at", "quote_date"),
                        Column.choice(
                                        "outcome",
                                        List.of("open", "attached", "declined"),
                                        "What became of it; open when nothing is said.",
                                        "attached")
                                .alsoReads("attached", "won", "accepted", "sold", "yes")
                                .alsoReads("declined", "lost", "rejected", "refused", "no")
                                .alsoReads("open", "pending", "offered")
                                .alsoKnownAs("status", "result"),
                        Column.of("decided_on", DATE, "When the customer decided.", "2026-03-20"),
                        Column.choice(
                                        "terms",
                                        List.of("optional", "bundled", "compulsory"),
                                        "Whether the customer had a choice; what is bundled or compulsory does not count"
                                                + " as attached.",
                                        "optional")
                                .alsoReads("bundled", "included")
                                .alsoReads("compulsory", "mandatory", "forced")
                                .alsoKnownAs("offer_type"),
                        Column.of("list_amount", MONEY, "List price of a year.", "6000.00")
                                .alsoKnownAs("list_price", "list_value"),
                        Column.of(
                                        "amount",
                                        MONEY,
                                        "Price of a year as agreed; the list price when not said.",
                                        "5400.00")
                                .alsoKnownAs("price", "value"),
                        Column.of("currency", CURRENCY, "Currency of the amounts.", "EUR")
                                .alsoKnownAs("currency_code"),
                        Column.of("reason", TEXT, "Why it was declined.", "No budget this year")
                                .upTo(500)
                                .alsoKnownAs("decline_reason"),
                        Column.of("channel", TEXT, "How it was sold; that of the contract when not said.", "direct")
                                .upTo(100)
                                .alsoKnownAs("sales_channel"),
                        Column.of("geography", TEXT, "Where it was sold; that of the contract when not said.", "EMEA")
                                .upTo(100)
                                .alsoKnownAs("region", "territory")),
                "account_id",
                null);
    }

    @Bean
    RecordType opportunitiesType() {
        return new RecordType(
                "opportunities",
                "Opportunities",
                "Business that is expected of customers: what, how much, when, and what became of it.",
                "growth.opportunity",
                List.of(
                        account(),
                        Column.of("name", TEXT, "What the customer could buy.", "Premier for the new sites")
                                .upTo(200)
                                .requiredForNew()
                                .alsoKnownAs("opportunity_name", "title", "subject"),
                        Column.choice(
                                        "kind",
                                        Arrays.stream(OpportunityKind.values())
                                                .map(OpportunityKind::key)
                                                .toList(),
                                        "What kind of business it is; expansion when nothing is said.",
                                        "upgrade")
                                .alsoReads("expansion", "existing business", "add-on", "upsell", "existing customer")
                                .alsoReads("cross-sell", "new business", "new customer")
                                .alsoReads("renewal-uplift", "renewal")
                                .alsoReads("upgrade", "existing customer - upgrade")
                                .alsoReads("win-back", "reactivation", "existing customer - replacement")
                                .alsoKnownAs("type", "opportunity_type"),
                        Column.of("product", TEXT, "The product.", "Fleet Planner Pro")
                                .upTo(200)
                                .alsoKnownAs("product_name"),
                        Column.of("program", TEXT, "Support or success program.", "Premier")
                                .upTo(100)
                                .alsoKnownAs("tier", "service_level"),
                        Column.of("amount", MONEY, "Amount of a year.", "6000.00")
                                .alsoKnownAs("value", "arr", "expected_revenue"),
                        Column.of("currency", CURRENCY, "Currency of the amount.", "EUR")
                                .alsoKnownAs("currency_code", "currency_iso_code"),
                        Column.of("probability", DECIMAL, "Percent; that of the stage when not said.", "60")
                                .alsoKnownAs("probability_percent"),
                        Column.reference("owner", "team-members", "owner_id", "Who leads it.", "ana")
                                .alsoKnownAs("owner_id", "owner_email", "sales_rep"),
                        Column.choice(
                                        "stage",
                                        Arrays.stream(Stage.values())
                                                .map(Stage::key)
                                                .toList(),
                                        "How far it is; found when nothing is said.",
                                        "proposed")
                                .alsoReads("found", "prospecting", "new", "open", "lead", "discovery")
                                .alsoReads(
                                        "qualified",
                                        "qualification",
                                        "needs analysis",
                                        "value proposition",
                                        "id. decision makers",
                                        "perception analysis")
                                .alsoReads("proposed", "proposal/price quote", "proposal", "quote")
                                .alsoReads("negotiation", "negotiation/review", "contract sent")
                                .alsoReads("won", "closed won", "closedwon")
                                .alsoReads("lost", "closed lost", "closedlost")
                                .alsoKnownAs("stage_name", "status"),
                        Column.of(
                                        "expected_on",
                                        DATE,
                                        "When it is expected to close; of what is won or lost when it did, unless that is said.",
                                        "2026-12-15")
                                .alsoKnownAs("close_date", "expected_close_date"),
                        Column.of("closed_on", DATE, "When it was won or lost.", "2026-11-12")
                                .alsoKnownAs("actual_close_date"),
                        Column.of("reason", TEXT, "Why it was won or lost.", "Sites open in spring")
                                .upTo(500)
                                .alsoKnownAs("loss_reason", "lost_reason", "win_loss_reason"),
                        Column.choice(
                                        "sourced_by",
                                        OpportunityDraft.SOURCES,
                                        "Who found it. What success or support found is told as sourced by service.",
                                        "success")
                                .alsoReads("success", "csm", "customer success")
                                .alsoKnownAs("lead_source", "source"),
                        Column.of("description", TEXT, "Why they need it.", "Two new sites by spring.")
                                .upTo(4000)
                                .alsoKnownAs("next_step", "notes")),
                "account_id",
                null);
    }

    static Column account() {
        return Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                .requiredForNew()
                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id");
    }
}
