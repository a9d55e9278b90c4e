package io.perennial.growth;

import static io.perennial.platform.records.ColumnType.CURRENCY;
import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.MONEY;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
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

    static Column account() {
        return Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                .requiredForNew()
                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id");
    }
}
