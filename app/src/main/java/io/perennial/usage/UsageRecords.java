package io.perennial.usage;

import io.perennial.accounts.AccountReferences;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Declares the record type {@code usage}: one row per account, user, feature and day, as far as known. */
@Configuration(proxyBeanMethods = false)
class UsageRecords {

    static final String TYPE = "usage";

    @Bean
    RecordType usage(UsageWriter writer) {
        return new RecordType(
                TYPE,
                "Usage",
                "What the customer's users did with the product on one day: a row per account, user, feature and day,"
                        + " or a sum over users.",
                "usage.daily",
                columns(),
                "account_id",
                writer);
    }

    private static List<Column> columns() {
        return List.of(
                Column.reference("account", "accounts", "account_id", "Whose use it is.", "ACME-1")
                        .alsoKnownAs("account_id", "customer", "customer_id", "company", "organization_id"),
                AccountReferences.contract(),
                AccountReferences.contractLine(),
                Column.of("day", ColumnType.DATE, "The day of the use.", "2026-11-20")
                        .requiredForNew()
                        .alsoKnownAs("date", "usage_date", "on"),
                Column.of("feature", ColumnType.TEXT, "What was used; empty for the product as a whole.", "export")
                        .upTo(200)
                        .alsoKnownAs("feature_name", "event", "module"),
                Column.of("product_area", ColumnType.TEXT, "The part of the product the feature belongs to.", "Reports")
                        .upTo(200),
                Column.choice("feature_level", List.of("basic", "advanced"), "How demanding the feature is.", "basic"),
                Column.of("user", ColumnType.TEXT, "The login that used it; empty for a sum over users.", "u-4711")
                        .upTo(200)
                        .alsoKnownAs("user_id", "login"),
                Column.of("events", ColumnType.INTEGER, "How often it was used.", "42")
                        .alsoKnownAs("count", "usage_count", "uses", "clicks", "sum_click"),
                Column.of("users", ColumnType.INTEGER, "Distinct users that day, when the row is a sum.", "7")
                        .alsoKnownAs("active_users", "distinct_users"),
                Column.of("seconds", ColumnType.INTEGER, "Time spent, in seconds.", "1800")
                        .alsoKnownAs("duration", "duration_seconds", "usage_duration_secs"),
                Column.of("errors", ColumnType.INTEGER, "Errors the users met.", "1")
                        .alsoKnownAs("error_count"),
                Column.of("value", ColumnType.DECIMAL, "An amount that the use stands for.", "1250.00")
                        .alsoKnownAs("amount"));
    }
}
