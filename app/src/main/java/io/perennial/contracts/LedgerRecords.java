package io.perennial.contracts;

import static io.perennial.platform.records.ColumnType.CURRENCY;
import static io.perennial.platform.records.ColumnType.DATE;
import static io.perennial.platform.records.ColumnType.DECIMAL;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a company may bring about how its contracts are to be read: accounts that became one, and rates of exchange. */
@Configuration(proxyBeanMethods = false)
class LedgerRecords {

    @Bean
    RecordType accountMergersType() {
        return new RecordType(
                "account-mergers",
                "Account mergers",
                "Accounts that became part of another: what they bought counts as the other's, in the past too, so that no"
                        + " revenue comes or goes.",
                "contracts.account_merger",
                List.of(
                        Column.reference(
                                        "account",
                                        "accounts",
                                        "account_id",
                                        "External id of the account that is no customer of its own any more.",
                                        "acme-north")
                                .requiredForNew()
                                .alsoKnownAs("merged_account", "account_id", "from_account", "id"),
                        Column.reference(
                                        "into",
                                        "accounts",
                                        "into_id",
                                        "External id of the account that it became part of.",
                                        "acme")
                                .requiredForNew()
                                .alsoKnownAs("merged_into", "into_account", "id_to", "surviving_account"),
                        Column.of("merged_on", DATE, "Day from which they are one customer.", "2026-04-01")
                                .requiredForNew()
                                .alsoKnownAs("merge_date", "date"),
                        Column.of("note", TEXT, "Why, for whoever looks at it later.", "Bought by Acme")
                                .upTo(2000)
                                .alsoKnownAs("comment", "reason")),
                "account_id",
                null);
    }

    @Bean
    RecordType exchangeRatesType() {
        return new RecordType(
                "exchange-rates",
                "Exchange rates",
                "Rates of days, for a company that counts revenue at them and not at one set of rates for all days.",
                "contracts.rate_on_day",
                List.of(
                        Column.of("currency", CURRENCY, "The other currency.", "USD")
                                .requiredForNew()
                                .alsoKnownAs("currency_code"),
                        Column.of("from_day", DATE, "First day on which the rate counts.", "2026-04-01")
                                .requiredForNew()
                                .alsoKnownAs("day", "date", "valid_from"),
                        Column.of(
                                        "units",
                                        DECIMAL,
                                        "How many units of the currency make one of the company's own.",
                                        "1.08")
                                .requiredForNew()
                                .alsoKnownAs("rate", "exchange_rate")),
                null,
                null);
    }
}
