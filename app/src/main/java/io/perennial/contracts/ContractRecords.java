package io.perennial.contracts;

import static io.perennial.platform.records.ColumnType.BOOLEAN;
import static io.perennial.platform.records.ColumnType.CURRENCY;
import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.DECIMAL;
import static io.perennial.platform.records.ColumnType.INTEGER;
import static io.perennial.platform.records.ColumnType.MONEY;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a company may bring about what it sold and what it lost. Ends are exclusive everywhere. */
@Configuration(proxyBeanMethods = false)
class ContractRecords {

    private static final String EXCLUSIVE = " The first day that is no longer covered.";

    @Bean
    RecordType contractsType() {
        return new RecordType(
                "contracts",
                "Contracts",
                "What a customer signed: its term, whether it renews by itself, and how it was sold.",
                "contracts.contract",
                List.of(
                        account(),
                        Column.of("name", TEXT, "What people call it.", "Master agreement 2026")
                                .upTo(200)
                                .alsoKnownAs("title", "contract_name"),
                        Column.of("program", TEXT, "Support or success program that was sold.", "Premier")
                                .upTo(100)
                                .alsoKnownAs("plan", "tier", "service_level"),
                        Column.of("kind", TEXT, "Your own word for the kind of contract.", "subscription")
                                .upTo(100)
                                .alsoKnownAs("type", "contract_type"),
                        Column.of("signed_on", DATE, "Day of signature.", "2025-11-20")
                                .alsoKnownAs("signed", "signature_date", "closed_on"),
                        startsOn(),
                        endsOn(),
                        scheduledEndsOn(),
                        autoRenew(),
                        Column.of(
                                        "notice_days",
                                        INTEGER,
                                        "Days before the end by which notice must be given; 60 when not said.",
                                        "60")
                                .alsoKnownAs("notice_period", "renewal_notice_days", "notice_period_days"),
                        Column.of(
                                        "renewal_months",
                                        INTEGER,
                                        "Months that a renewal by itself runs; as long as the term when not said.",
                                        "12")
                                .alsoKnownAs("renewal_term", "renewal_term_months", "auto_renew_months"),
                        Column.reference(
                                        "replaces",
                                        "contracts",
                                        "replaces",
                                        "External id of the contract that this one renews or replaces.",
                                        "acme-2025")
                                .alsoKnownAs("renewal_of", "renews", "previous_contract", "supersedes"),
                        Column.of("currency", CURRENCY, "Currency of the contract.", "EUR")
                                .alsoKnownAs("currency_code"),
                        Column.of(
                                        "payment_due_on",
                                        DATE,
                                        "When the latest invoice that was not paid in time was due.",
                                        "2026-10-31")
                                .alsoKnownAs("overdue_since", "invoice_due", "oldest_open_invoice"),
                        Column.of("paid_on", DATE, "When it was paid at last; empty while it is open.", "2026-11-12")
                                .alsoKnownAs("payment_date"),
                        channel(),
                        geography()),
                "account_id",
                null);
    }

    @Bean
    RecordType contractLinesType() {
        return new RecordType(
                "contract-lines",
                "Contract lines",
                "What a customer pays for and until when; recurring revenue is the sum of running lines.",
                "contracts.contract_line",
                List.of(
                        account(),
                        contract(),
                        Column.of("product", TEXT, "Product or service sold.", "Fleet Planner Pro")
                                .upTo(200)
                                .requiredForNew()
                                .alsoKnownAs("plan", "product_name", "plan_tier", "item", "sku", "plan_name"),
                        Column.choice(
                                        "kind",
                                        List.of("subscription", "service", "perpetual", "maintenance", "usage"),
                                        "What was sold; perpetual and usage are no recurring revenue.",
                                        "subscription")
                                .alsoKnownAs("line_type", "product_type"),
                        Column.of("program", TEXT, "Support or success program.", "Premier")
                                .upTo(100),
                        Column.of("seats", INTEGER, "How many were sold.", "120")
                                .alsoKnownAs("quantity", "licences", "licenses", "users"),
                        Column.of(
                                        "unit",
                                        TEXT,
                                        "What the seats are, when they are not users; only users count as an account's"
                                                + " seats.",
                                        "users")
                                .upTo(60)
                                .alsoKnownAs("units", "unit_of_measure"),
                        Column.of("amount", MONEY, "Price for one period, after discount.", "14400.00")
                                .alsoKnownAs("mrr", "mrr_amount", "price", "value"),
                        Column.choice(
                                        "period",
                                        List.of("month", "quarter", "year", "term"),
                                        "What the amount is paid for; a month when not said.",
                                        "year")
                                .alsoKnownAs("billing_period", "amount_period", "per"),
                        Column.of("currency", CURRENCY, "Currency of the amount.", "EUR")
                                .requiredForNew()
                                .alsoKnownAs("currency_code"),
                        startsOn().requiredForNew(),
                        endsOn(),
                        scheduledEndsOn(),
                        autoRenew(),
                        channel(),
                        geography(),
                        Column.of(
                                        "discount",
                                        DECIMAL,
                                        "Share that the amount is already reduced by: 0.1 is 10 %.",
                                        "0.1")
                                .alsoKnownAs("discount_rate"),
                        Column.of(
                                        "discount_ends_on",
                                        DATE,
                                        "First day without the discount; a discount without such a day is permanent."
                                                + " One that ends does not lower recurring revenue, unless the company"
                                                + " says so in its rules.",
                                        "2026-07-01")
                                .alsoKnownAs("discount_until", "discount_end_date", "promotion_ends_on"),
                        Column.of(
                                        "uplift",
                                        DECIMAL,
                                        "Share agreed to be added to the price for the next term: 0.05 is 5 %.",
                                        "0.05")
                                .alsoKnownAs("renewal_uplift", "price_uplift", "uplift_rate"),
                        Column.of(
                                        "escalator",
                                        DECIMAL,
                                        "Share added to the price each year within a term of several years: 0.05 is"
                                                + " 5 %.",
                                        "0.05")
                                .alsoKnownAs("annual_escalator", "price_escalator", "escalation_rate")),
                "account_id",
                null);
    }

    @Bean
    RecordType cancellationsType() {
        return new RecordType(
                "cancellations",
                "Cancellations",
                "Losses and their reasons.",
                "contracts.cancellation",
                List.of(
                        account(),
                        contract(),
                        Column.of("cancelled_on", DATE, "Day the customer gave notice.", "2026-03-14")
                                .requiredForNew()
                                .alsoKnownAs("churn_date", "cancelled_at", "cancellation_date", "date"),
                        Column.of("effective_on", DATE, "First day without the service.", "2026-06-01")
                                .alsoKnownAs("effective_date", "churned_on"),
                        Column.of(
                                        "reason",
                                        TEXT,
                                        "Why: cost, value, budget, no_longer_used, bad_fit, competitor, product_maturity,"
                                                + " poor_service, out_of_business, other, unknown. Other words are kept;"
                                                + " the company says which of these they count as.",
                                        "competitor")
                                .upTo(100)
                                .alsoKnownAs("reason_code", "churn_reason", "cancellation_reason"),
                        Column.of(
                                        "reason_detail",
                                        TEXT,
                                        "The reason in the customer's words.",
                                        "Moved to another suite")
                                .upTo(2000)
                                .alsoKnownAs("feedback_text", "feedback", "reason_text"),
                        Column.of("amount", MONEY, "Recurring revenue lost in a year.", "14400.00")
                                .alsoKnownAs("lost_arr", "lost_amount"),
                        Column.of("currency", CURRENCY, "Currency of the amount.", "EUR")
                                .alsoKnownAs("currency_code"),
                        Column.of("competitor", TEXT, "To whom the customer went.", "Initech")
                                .upTo(200),
                        Column.of("comment", TEXT, "What else to know.", "Open to come back in spring")
                                .upTo(4000)
                                .alsoKnownAs("note", "notes"),
                        Column.of("reactivated", BOOLEAN, "Whether the customer came back.", "false")
                                .alsoKnownAs("is_reactivation", "won_back")),
                "account_id",
                null);
    }

    private static Column account() {
        return Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                .requiredForNew()
                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id");
    }

    private static Column contract() {
        return Column.reference("contract", "contracts", "contract_id", "External id of the contract.", "acme-2026")
                .alsoKnownAs("contract_id", "contract_external_id");
    }

    private static Column startsOn() {
        return Column.of("starts_on", DATE, "First day covered.", "2026-01-01")
                .alsoKnownAs("start_date", "start", "starts", "from", "begin_date");
    }

    private static Column endsOn() {
        return Column.of("ends_on", DATE, "End; open when empty." + EXCLUSIVE, "2027-01-01")
                .alsoKnownAs("end_date", "end", "ends", "until", "expires_on");
    }

    private static Column scheduledEndsOn() {
        return Column.of(
                        "scheduled_ends_on",
                        DATE,
                        "End as agreed, when it was cut short later." + EXCLUSIVE,
                        "2027-01-01")
                .alsoKnownAs("scheduled_end_date", "scheduled_end", "original_end_date");
    }

    private static Column autoRenew() {
        return Column.of(
                        "auto_renew",
                        BOOLEAN,
                        "Whether it goes on by itself at the end, until a line follows it or it is cancelled.",
                        "true")
                .alsoKnownAs("auto_renew_flag", "auto_renewal", "automatic_renewal");
    }

    private static Column channel() {
        return Column.of("channel", TEXT, "How it was sold.", "direct")
                .upTo(100)
                .alsoKnownAs("sales_channel", "referral_source", "acquisition_channel");
    }

    private static Column geography() {
        return Column.of("geography", TEXT, "Where it was sold.", "EMEA")
                .upTo(100)
                .alsoKnownAs("region", "territory");
    }
}
