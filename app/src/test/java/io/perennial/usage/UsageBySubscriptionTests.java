package io.perennial.usage;

import static io.perennial.world.PublishedRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.world.PerennialTest;
import io.perennial.world.PublishedRows;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A data set whose usage names subscriptions, and whose usage ids repeat: no fact may be lost. */
@PerennialTest
class UsageBySubscriptionTests {

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Test
    void everyUseIsKeptThoughItsIdOccursTwice() {
        PublishedRows data = new PublishedRows("ravenstack", records);
        data.load("accounts", "accounts", cells -> row(at(cells, "account_id"), "name", at(cells, "account_name")));
        data.load(
                "contract-lines",
                "subscriptions",
                cells -> row(
                        at(cells, "subscription_id"),
                        "account",
                        at(cells, "account_id"),
                        "product",
                        at(cells, "plan_tier"),
                        "currency",
                        "USD",
                        "starts_on",
                        at(cells, "start_date")));

        Map<Result, Integer> results = data.load(
                "usage",
                "feature_usage",
                cells -> row(
                        at(cells, "usage_id"),
                        "contract_line",
                        at(cells, "subscription_id"),
                        "day",
                        at(cells, "usage_date"),
                        "feature",
                        at(cells, "feature_name"),
                        "events",
                        at(cells, "usage_count"),
                        "seconds",
                        at(cells, "usage_duration_secs"),
                        "errors",
                        at(cells, "error_count")));

        assertThat(results).isEqualTo(Map.of(Result.CREATED, 18_065));
        assertThat(database.sql("select concat_ws(' ', sum(events), sum(errors), sum(seconds)) from usage.account_day")
                        .query(String.class)
                        .single())
                .isEqualTo("180798 10105 54751120");
    }

    private static String at(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "");
    }
}
