package io.perennial.usage;

import static io.perennial.world.PublishedRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.world.PerennialTest;
import io.perennial.world.PublishedRows;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One month of a simulated company with known figures. */
@PerennialTest
class ActiveUsersOfASimulatedCompanyTests {

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    PublishedRows data;

    @BeforeEach
    void decemberOfItsCustomers() {
        data = new PublishedRows("churnsim-crm", records);
        data.load("accounts", "accounts", cells -> row(at(cells, "account_id"), "name", at(cells, "account_id")));
        data.load(
                "usage",
                "usage_daily",
                cells -> !at(cells, "date").startsWith("2022-12")
                        ? null
                        : row(
                                "",
                                "account",
                                at(cells, "account_id"),
                                "day",
                                at(cells, "date"),
                                "feature",
                                at(cells, "event"),
                                "events",
                                at(cells, "events"),
                                "users",
                                at(cells, "users")));
        data.load("usage", "active_users_daily", ActiveUsersOfASimulatedCompanyTests::activeUsers);
    }

    @Test
    void usesCustomersAndActiveUserDaysAreThoseOfItsReadme() {
        assertThat(database.sql("""
                select concat_ws(' ', (select count(*) from usage.daily where feature_id > 0),
                    sum(events), count(distinct account_id), sum(active_users))
                from usage.account_day
                """).query(String.class).single()).isEqualTo("40086 696662 517 160572");
        assertThat(database.sql("select concat_ws(' ', sum(events), sum(active_users)) from usage.company_day")
                        .query(String.class)
                        .single())
                .isEqualTo("696662 160572");
    }

    @Test
    void importingItAgainChangesNothing() {
        assertThat(data.load("usage", "active_users_daily", ActiveUsersOfASimulatedCompanyTests::activeUsers))
                .containsOnlyKeys(Result.UNCHANGED);
    }

    private static @Nullable RecordRow activeUsers(Map<String, String> cells) {
        return !at(cells, "date").startsWith("2022-12")
                ? null
                : row(
                        "",
                        "account",
                        at(cells, "account_id"),
                        "day",
                        at(cells, "date"),
                        "users",
                        at(cells, "active_users"));
    }

    private static String at(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "");
    }
}
