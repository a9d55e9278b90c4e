package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One month of a simulated company with known figures; skipped where its files are absent. */
@PerennialTest
class ActiveUsersOfASimulatedCompanyTests {

    private static final Path FOLDER = Path.of("../../shared/data/churnsim-crm");
    private static final String MONTH = "2022-12";

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @BeforeEach
    void decemberOfItsCustomers() throws IOException {
        assumeThat(FOLDER).isDirectory();
        write("accounts", "accounts", cells -> row(cells[0], Map.of("name", cells[0])));
        write(
                "usage",
                "usage_daily",
                cells -> !cells[1].startsWith(MONTH)
                        ? null
                        : row(
                                "",
                                Map.of(
                                        "account", cells[0], "day", cells[1], "feature", cells[2], "events", cells[3],
                                        "users", cells[4])));
        write(
                "usage",
                "active_users_daily",
                cells -> !cells[1].startsWith(MONTH)
                        ? null
                        : row("", Map.of("account", cells[0], "day", cells[1], "users", cells[2])));
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
    void importingItAgainChangesNothing() throws IOException {
        assertThat(write(
                        "usage",
                        "active_users_daily",
                        cells -> !cells[1].startsWith(MONTH)
                                ? null
                                : row("", Map.of("account", cells[0], "day", cells[1], "users", cells[2]))))
                .containsOnlyKeys(Result.UNCHANGED);
    }

    private Map<Result, Integer> write(String type, String file, Function<String[], @Nullable RecordRow> reader)
            throws IOException {
        Map<Result, Integer> results = new HashMap<>();
        List<RecordRow> batch = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file + ".csv.gz"))), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                RecordRow row = reader.apply(line.split(",", -1));
                if (row != null) {
                    batch.add(row);
                }
                if (batch.size() == 5_000) {
                    count(type, batch, results);
                }
            }
        }
        count(type, batch, results);
        return results;
    }

    private void count(String type, List<RecordRow> batch, Map<Result, Integer> results) {
        if (batch.isEmpty()) {
            return;
        }
        for (RowOutcome outcome : records.upsert(
                records.type(type).orElseThrow(),
                List.copyOf(batch),
                Actor.SYSTEM,
                new Records.Write(null, "Imported", Records.Formats.ISO))) {
            results.merge(outcome.result(), 1, Integer::sum);
        }
        batch.clear();
    }

    private static RecordRow row(String externalId, Map<String, ?> values) {
        return new RecordRow(1, externalId, new HashMap<>(values), Map.of());
    }
}
